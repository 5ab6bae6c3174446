"""Which files an audit reads, in which order, and what it says of the others."""

import os
import re

import pytest

from lupus_evidence.audit.claims_files import claims_template, load_claims
from lupus_evidence.errors import EvidenceError, RecordsNotFoundError

PAGE = """\
id: {}
article: {{title: A page, kind: blog}}
claims:
  - id: one
    kind: direction
    says: A score fell.
    therapy: msc
    changes: [{{measures: [sledai], direction: falls}}]
"""


def write(folder, *names, **texts):
    """Write a claims file for each name, called after its id, and other texts."""
    for name in names:
        text = PAGE.format(name)
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_bytes(text)


def ids(found):
    """Return the ids of the files that could be read."""
    return [item.content.id for item in found.files]


def test_a_folder_is_read_without_hidden_and_other_files(tmp_path):
    """Names that start with a dot or an underscore, and other kinds, are left out."""
    write(tmp_path, "page")
    text = PAGE.format("page")
    for name in (".page.yaml", "_page.yaml", "page.txt", "page.yaml.bak", "page"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    for name in ("Xylem", "other"):
        (tmp_path / f"{name}.yml").write_text(
            PAGE.format(name.lower()), encoding="utf-8"
        )
    found = load_claims([tmp_path])
    assert not found.diagnostics
    assert ids(found) == ["other", "page", "xylem"]


def test_articles_stand_in_order_of_id_and_then_of_file(tmp_path):
    """Whatever order they are named in, and whatever their files are called."""
    write(tmp_path, "zebra", "apple", **{"a-copy": PAGE.format("zebra").encode()})
    paths = [tmp_path / f"{name}.yaml" for name in ("zebra", "apple", "a-copy")]
    found = load_claims(paths)
    assert ids(found) == ["apple", "zebra", "zebra"]
    assert [item.file.rpartition("/")[2] for item in found.files] == [
        *("apple.yaml", "a-copy.yaml", "zebra.yaml")
    ]


def test_a_file_that_is_no_text_leaves_those_behind_it(tmp_path):
    """Bytes that are no UTF-8 are told, and the next file is read."""
    write(tmp_path, "middle", broken=b"id: \xff\xfe", last=b"id: [")
    found = load_claims([tmp_path])
    assert ids(found) == ["middle"]
    assert [item.place.file.rpartition("/")[2] for item in found.diagnostics] == [
        *("broken.yaml", "last.yaml")
    ]


def test_without_a_path_the_articles_of_the_package_are_read():
    """They are called claims/..., wherever they are installed."""
    found = load_claims()
    assert found.files
    assert all(item.file.startswith("claims/") for item in found.files)


def test_a_missing_path_is_named(tmp_path):
    """Whoever mistypes a path reads it again in the message."""
    path = tmp_path / "nowhere.yaml"
    message = re.escape(f"there is no file or folder {path}")
    with pytest.raises(RecordsNotFoundError, match=f"^{message}$"):
        load_claims([path])


@pytest.mark.parametrize("missing", [os.R_OK, os.X_OK])
def test_a_folder_that_may_not_be_listed_or_entered_is_named(
    tmp_path, monkeypatch, missing
):
    """Either permission is needed, and the message says which folder lacks it."""
    write(tmp_path, "page")
    monkeypatch.setattr(os, "access", lambda _, wanted: not wanted & missing)
    message = re.escape(f"{tmp_path} cannot be listed: permission denied")
    with pytest.raises(RecordsNotFoundError, match=f"^{message}$"):
        load_claims([tmp_path])


def test_a_name_that_can_be_no_id_is_told():
    """The template says which name it refuses, and what would do."""
    with pytest.raises(EvidenceError) as caught:
        claims_template("Two Words")
    assert str(caught.value) == (
        "'Two Words' cannot be the name of a claims file: use lower-case letters, "
        "digits and single hyphens, such as clinic-page-2026"
    )
