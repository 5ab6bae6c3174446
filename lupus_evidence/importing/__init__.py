"""Files of reference managers, registries and spreadsheets into new records."""

from lupus_evidence.importing.formats import FORMS
from lupus_evidence.importing.records import ImportedRecord, import_records

__all__ = ["FORMS", "ImportedRecord", "import_records"]
