import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lupus_evidence.errors import EvidenceError
from lupus_evidence.importing import FORMS, import_records
from lupus_evidence.importing.formats import MAX_FILE_BYTES
from lupus_evidence.importing.records import MAX_RECORDS
from lupus_evidence.importing.reference import is_identifier
from lupus_evidence.records.load import load_paths
from lupus_evidence.records.yamltext import parse

SAMPLES = Path(__file__).parent / "samples"
FILES = sorted(path for path in SAMPLES.iterdir() if path.is_file())


@pytest.fixture
def write(tmp_path):
    """Write a file and return its path."""

    def written(content):
        path = tmp_path / "file"
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content, encoding="utf-8", newline="")
        return path

    return written


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_figure_comes_from_anything_but_a_table(path):
    """Citations and registry entries give results of blanks, or none at all."""
    for record in import_records(path):
        fields = parse(record.text)
        if path.suffix == ".csv":
            continue
        for result in fields.get("results", []):
            assert set(result) - {"arm"} == {
                "endpoint",
                "at",
                "events",
                "n",
                "among",
                "where",
            }
            assert {value for key, value in result.items() if key != "arm"} == {"..."}
        assert "measurements" not in fields


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_records_name_themselves_and_what_was_left_out(path):
    """The id stands in the text; the last note says what was not carried over."""
    records = import_records(path)
    assert len({record.id for record in records}) == len(records)
    for record in records:
        assert parse(record.text)["id"] == record.id
        assert record.notes[-1].startswith(("not carried over: ", "not in the CSV: "))


def test_taken_names_get_a_number_and_a_note(write):
    """A report that may be there already is not lost and not confused."""
    path = write("PMID- 1\nAU  - Doe J\nDP  - 2020\n\nPMID- 2\nAU  - Doe K\nDP  - 2020")
    records = import_records(path, taken={"doe-2020"})
    assert [record.id for record in records] == ["doe-2020-2", "doe-2020-3"]
    assert records[0].notes[0] == (
        "the name doe-2020 is taken: see whether this is the same report"
    )


def test_a_byte_order_mark_is_nobody_s_fault(write):
    """Spreadsheets and reference managers write one."""
    plain = (SAMPLES / "citations.ris").read_bytes()
    marked = import_records(write(b"\xef\xbb\xbf" + plain))
    unmarked = import_records(SAMPLES / "citations.ris")
    assert [item.text for item in marked] == [item.text for item in unmarked]


def test_the_format_can_be_given(write):
    """A file that says too little is read as what the person says it is."""
    path = write("TY  - JOUR\nER  - \n")
    assert import_records(path, form="ris")[0].id == "study"
    with pytest.raises(EvidenceError, match="not JSON"):
        import_records(path, form="csl")


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b"TY  - JOUR\nTI  - \xe9\n", "line 2: not UTF-8.*save the file as UTF-8"),
        (b"x" * (MAX_FILE_BYTES + 1), "larger than 50,000,000 bytes"),
        (b'{"studies": []}', "nothing to import stands in ClinicalTrials.gov"),
        (b"TY  - JOUR\n" * (MAX_RECORDS + 1), "holds more than 10,000 reports"),
    ],
)
def test_files_that_give_nothing_say_why(write, content, message):
    """The message names the file and the reason."""
    path = write(content)
    with pytest.raises(EvidenceError, match=message) as caught:
        import_records(path)
    assert str(caught.value).startswith(f"{path}: ")


def test_what_is_no_file_says_so(tmp_path):
    """A folder, a missing file, a link that leads nowhere."""
    with pytest.raises(EvidenceError, match="it is a folder"):
        import_records(tmp_path)
    with pytest.raises(EvidenceError, match="no such file"):
        import_records(tmp_path / "missing")
    (tmp_path / "link").symlink_to(tmp_path / "missing")
    with pytest.raises(EvidenceError, match="no such file"):
        import_records(tmp_path / "link")


HOSTILE = st.text(st.characters(exclude_categories=["Cs"]), min_size=1) | st.text(
    "=+-@#:'\"[]{}|>&*!%`\\ \t\x00\x1b\u202e\ufeffa1", min_size=1
)


@settings(max_examples=150, deadline=None)
@given(HOSTILE)
def test_hostile_titles_stay_text(tmp_path_factory, title):
    """Whatever a title holds, the record holds it on one line, as text."""
    path = tmp_path_factory.mktemp("hostile") / "file"
    group = f"1 {title}"  # with a digit, no comma in it divides a person's name
    item = {"type": "article-journal", "title": title, "author": [{"literal": group}]}
    path.write_text(json.dumps([item]), encoding="utf-8")
    (record,) = import_records(path)
    fields = parse(record.text)
    said = " ".join(title.split())
    assert fields["title"] == (said or "...")
    assert fields["citation"]["authors"] == [" ".join(group.split())]
    assert is_identifier(record.id)


@pytest.mark.thorough
@settings(max_examples=200, deadline=None)
@given(st.data())
def test_damaged_files_give_records_or_a_reason(tmp_path_factory, data):
    """Bytes lost, doubled or changed: records that can be read, or an EvidenceError."""
    content = data.draw(st.sampled_from(FILES)).read_bytes()
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        end = data.draw(st.integers(start, min(len(content), start + 40)))
        put = data.draw(
            st.binary(max_size=8)
            | st.sampled_from([b"{", b"]", b'"', b"\n\n", b"null", b"[[[[", b"\\ud800"])
            | st.just(content[start:end] * 2)
        )
        content = content[:start] + put + content[end:]
    path = tmp_path_factory.mktemp("damaged") / "file"
    path.write_bytes(content)
    for form in (None, *FORMS):
        try:
            records = import_records(path, form=form)
        except EvidenceError:
            continue
        for record in records:
            assert parse(record.text)["id"] == record.id
            assert is_identifier(record.id)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_json_in_place_of_any_part_of_a_trial(tmp_path_factory, data):
    """A part of another shape gives a record or a reason, never a traceback."""
    trial = json.loads((SAMPLES / "trial.json").read_text(encoding="utf-8"))
    part = trial
    while True:
        key = data.draw(
            st.sampled_from(sorted(part))
            if isinstance(part, dict)
            else st.integers(0, len(part) - 1)
        )
        below = part[key]
        if not isinstance(below, dict | list) or not below or data.draw(st.booleans()):
            break
        part = below
    part[key] = data.draw(VALUES)
    path = tmp_path_factory.mktemp("shapes") / "trial.json"
    path.write_text(json.dumps(trial), encoding="utf-8")
    try:
        records = import_records(path, form="ctgov")
    except EvidenceError:
        return
    assert all(parse(record.text)["id"] == record.id for record in records)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_imported_record_is_used_before_its_blanks_are_filled(path, tmp_path):
    """Each one waits with its blanks counted, texts in quotes too: no mistake."""
    for record in import_records(path):
        target = tmp_path / f"{record.id}.yaml"
        target.write_text(record.text, encoding="utf-8")
        base = load_paths([target])
        assert not base.diagnostics
        assert not base.files
        (waiting,) = base.unread
        blanks = re.findall(r"(?:: \[?|- )\"?\.\.\.", record.text)
        assert waiting.blanks == len(blanks) > 0
