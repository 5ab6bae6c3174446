"""Files of reference managers, registries and spreadsheets into new records."""

from lupus_evidence.importing.formats import FORMS, Form
from lupus_evidence.importing.records import ImportedRecord, import_records

__all__ = ["FORMS", "Form", "ImportedRecord", "import_records"]
