"""Files that are cut off, spliced or badly saved: a message or records, no crash."""

import contextlib
import io
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lupus_evidence.errors import EvidenceError
from lupus_evidence.importing import FORMS, import_records
from lupus_evidence.records.yamltext import parse

SAMPLES = Path(__file__).parent / "samples"
TEXTS = {
    "bibtex": '@article{a, author={Doe, J. and {A Group}}, title={{\\"U}ber \\& $\\a$},'
    " year=2021}\n@string{b={c}}\n@book{d, title=b # { e}, crossref={a}}\n",
    "wos": "FN x\nVR 1.0\nPT J\nAU Doe, J\n   Roe, A\nTI Cells\nPY 2021\nER\n\nEF\n",
    "endnote": '<?xml version="1.0"?><xml><records><record><ref-type name="Journal '
    'Article">17</ref-type><titles><title>A &amp; B</title></titles></record></records>'
    "</xml>",
    "enw": "%0 Journal Article\n%A Doe, J.\n%T Cells\n%D 2021\n\n%T B\n",
    "rates": "study;therapy;outcome;events;n;months\nDoe 2021;msc;death;7;20;12\n",
}


def _workbook():
    """Return a small spreadsheet."""
    book = openpyxl.Workbook()
    book.active.append(["Title", "Authors", "Year"])
    book.active.append(["Cells", "Doe, J.", 2021])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


FILES = {
    **{name: text.encode() for name, text in TEXTS.items()},
    "workbook": _workbook(),
    **{
        path.name: path.read_bytes()
        for path in sorted(SAMPLES.rglob("*"))
        if path.is_file()
    },
}
WORDS = (b"PT J\n", b"%0 ", b"ER  - \n", b"@article{", b"{" * 3_000, b"=1+1", b",;")
SIGNS = (b"{", b"}", b'"', b"\n\n", b"\t", b"\\", b"$", b"\0", b"\xff", b"<!DOCTYPE x>")
SPLICES = st.sampled_from([*SIGNS, *WORDS])


@pytest.mark.parametrize("name", FILES)
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_broken_files_end_in_records_or_in_a_message(name, data, tmp_path):
    """Whatever form the person says that they are of."""
    content = bytearray(FILES[name])
    for _ in range(data.draw(st.integers(1, 4), label="changes")):
        at = data.draw(st.integers(0, len(content)), label="at")
        if data.draw(st.booleans(), label="cut"):
            del content[at : at + data.draw(st.integers(1, 80), label="size")]
        else:
            content[at:at] = data.draw(SPLICES, label="splice")
    if data.draw(st.booleans(), label="cut off"):
        content = content[: len(content) // 2]
    path = tmp_path / "file"
    path.write_bytes(bytes(content))
    form = data.draw(st.sampled_from([None, None, *FORMS]), label="form")
    with contextlib.suppress(EvidenceError):
        records = import_records(path, form=form)
        assert records
        assert all(parse(record.text) for record in records)
