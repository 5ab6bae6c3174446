"""The page about importing says what importing does."""

import re
from pathlib import Path

from lupus_evidence.importing import FORMS, import_records
from lupus_evidence.importing.exported_table import MAX_ROWS
from lupus_evidence.importing.formats import MAX_FILE_BYTES
from lupus_evidence.importing.records import MAX_RECORDS
from lupus_evidence.records.field_types import MAX_TEXT

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "importing.md").read_text(encoding="utf-8")


def test_the_example_is_what_is_written():
    """The record on the page is the one that the sample gives."""
    (block,) = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    (record,) = import_records(ROOT / "tests/importing/samples/trial.json")
    assert block == record.text


def test_formats_and_limits_are_the_programs_own():
    """Numbers and names on the page are those in the code."""
    assert f"`-f {'|'.join(FORMS)}`" in PAGE
    for limit in (MAX_FILE_BYTES, MAX_RECORDS, MAX_ROWS, MAX_TEXT):
        assert f"{limit:,}" in PAGE
