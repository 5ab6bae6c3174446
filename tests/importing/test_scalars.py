from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lupus_evidence.importing.record_yaml import WIDTH, folded, key, on_one_line, plain
from lupus_evidence.records.yamltext import parse

#: Everything UTF-8 can say, and texts full of what YAML gives a meaning to.
TEXTS = (
    st.text(st.characters(exclude_categories=["Cs"]))
    | st.text(" ab#:-'\"{}[],&*!|>%@`?=~\\.0123\n\t\r\0\x1b\x85\u2028\ufeff")
    | st.sampled_from(["", "...", "---", "null", "no", "~", "010", "1e3", "52.0", "-"])
)


@given(TEXTS, st.booleans())
def test_any_text_reads_back_as_itself(text, inside):
    """A text alone, in brackets, in braces and after a dash is the same text again."""
    written = on_one_line(text, inside=inside)
    assert parse(f"a: {written if not inside else on_one_line(text)}") == {"a": text}
    inner = on_one_line(text, inside=True)
    assert parse(f"[{inner}, {inner}]") == [text, text]
    assert parse(f"{{a: {inner}}}") == {"a": text}
    assert parse(f"- {inner}") == [text]


@given(TEXTS)
def test_any_name_can_be_a_key(name):
    """A key is the same text again; a thousand characters is where YAML ends them."""
    assert parse(f"{key(name)}: 1") == {name: 1}


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (81, "81"),
        (True, "true"),
        (Decimal("74.4"), "74.4"),
        ("33", '"33"'),
        ("52.0", '"52.0"'),
        ("168-76", "168-76"),
        ("2007-03", "2007-03"),
        ("10.1000/182", "10.1000/182"),
        ("no", '"no"'),
        ("81 ± 8%", "81 ± 8%"),
        ('say "a"', r'"say \"a\""'),
        ("=1+1", '"=1+1"'),
        ("a: b # c", '"a: b # c"'),
        ("\x1b[31m", r'"\x1b[31m"'),
    ],
)
def test_values_stand_as_in_the_records(value, written):
    """Quotes stand where the records have them: at numbers kept as text, and signs."""
    assert on_one_line(value) == written


def test_a_comma_needs_quotes_only_between_brackets():
    """A comma divides items in a list and is a comma elsewhere."""
    assert plain("Charité, Berlin", inside=False)
    assert not plain("Charité, Berlin", inside=True)


@given(st.lists(st.text("ab:#-'\"=.", min_size=1, max_size=12), min_size=1))
def test_a_folded_text_reads_back_as_itself(words):
    """Words of any signs, folded, are the same line again."""
    text = " ".join(words)
    lines = folded(text, 2)
    assert lines is not None
    assert parse("\n".join(["a: >-", *lines, ""])) == {"a": text}
    assert all(len(line) <= WIDTH for line in lines)


@pytest.mark.parametrize("text", ["", " a", "a ", "a\nb", "a\tb", "a\xa0b", "a" * 5000])
def test_what_folding_would_change_is_not_folded(text):
    """Outer blanks, line ends and what no record may hold are left to quotes."""
    assert folded(text, 2) is None
