import pytest

from lupus_evidence.errors import EvidenceError
from lupus_evidence.importing.formats import opened


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16"], ids=["plain", "mark", "utf-16"]
)
def test_text_as_programs_save_it(encoding, tmp_path):
    """With or without a byte order mark."""
    path = tmp_path / "file"
    path.write_bytes("Müller\n".encode(encoding))
    assert opened(path) == ("Müller\n", (), False)


def test_lines_of_old_programs(tmp_path):
    """A carriage return alone ends a line."""
    path = tmp_path / "file"
    path.write_bytes(b"PT J\rTI A\r")
    assert opened(path).text == "PT J\nTI A\n"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("Müller".encode("cp1252"), "line 1: not UTF-8: byte 0xfc; save the file"),
        (b"\xff\xfea", "broken UTF-16"),
        (b"%PDF-1.7", "this is a PDF"),
        (b"PK\x03\x04xl/", "broken spreadsheet"),
    ],
)
def test_what_is_no_text_is_refused(data, message, tmp_path):
    """With what it is and what to do."""
    path = tmp_path / "file"
    path.write_bytes(data)
    with pytest.raises(EvidenceError, match=message):
        opened(path)


def test_a_file_that_is_not_there(tmp_path):
    """The system's word for it."""
    with pytest.raises(EvidenceError, match="it cannot be read: no such file"):
        opened(tmp_path / "file")
