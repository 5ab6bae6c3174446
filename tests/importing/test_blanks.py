import re

from lupus_evidence.importing.record_yaml import blank_at, template_blanks
from lupus_evidence.records.schema import study_template
from lupus_evidence.records.yamltext import parse


def test_every_blank_of_the_template_is_found_once():
    """As many paths as lines of the template with three dots for a value."""
    text = study_template("doe-2026")
    marked = re.findall(r'^[ -]*[a-z_]+: \[?"?\.\.\.', text, re.MULTILINE)
    assert len(template_blanks()) == len(marked) > 15


def test_paths_lead_to_blanks_in_the_template_itself():
    """Each path, walked through the template as data, ends at three dots."""
    for path, blank in template_blanks().items():
        value = parse(study_template("doe-2026"))
        for part in path:
            if part != "*":
                value = value[part]
            else:
                value = value[0] if isinstance(value, list) else value["treated"]
        assert [value] == parse(f"- {blank.mark}"), path
        assert value in ("...", ["..."]), path


def test_comments_come_with_their_blank():
    """Comments of one line, of two lines, and none."""
    assert blank_at(("citation", "year")).comment == ("of publication",)
    assert len(blank_at(("design",)).comment) == 2
    assert blank_at(("citation", "journal")).comment == ()
    assert blank_at(("results", "*", "se")).mark == "..."
