"""The strict subset of YAML: what is read, what is refused, and where things stand."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from lupus_evidence.records.yamltext import (
    MAX_DEPTH,
    YamlProblem,
    cut_values,
    parse,
    position,
)

keys = st.text("abcdefghij-_", min_size=1, max_size=8)
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**14), 10**14),
    st.text(
        st.characters(
            exclude_categories=("Cs", "Cc", "Cn", "Co"), exclude_characters="\ufeff"
        ),
        max_size=20,
    ),
)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4)
    ),
    max_leaves=20,
)


class _Quoting(yaml.SafeDumper):
    """Write every text in quotes and never an alias, whatever it looks like."""

    def ignore_aliases(self, _data):
        """Repeat values."""
        return True


def _quoted(dumper, text):
    """Write a text in double quotes."""
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')


_Quoting.add_representer(str, _quoted)


def problem_of(text):
    """Return what keeps a text from being read, if anything does."""
    try:
        parse(text)
    except YamlProblem as problem:
        return problem
    return None


@given(values, st.booleans())
def test_what_is_written_is_read_back(value, flow):
    """Null, booleans, integers, texts, lists and mappings survive the way."""
    text = yaml.dump(value, Dumper=_Quoting, default_flow_style=flow)
    assert parse(text) == value


@given(st.text(max_size=300))
def test_any_text_is_a_value_or_a_problem(text):
    """No text makes the reader fail in any other way; problems have a place."""
    problem = problem_of(text)
    if problem is not None:
        assert problem.code in {"E102", "E103", "E104", "E105"}
        assert 1 <= problem.line <= len(text.splitlines()) + 2
        assert problem.column >= 1
        assert problem.message


@given(st.text("{}[]:,-?&*!|>'\"%@`#ab \n\t", max_size=120))
def test_any_punctuation_is_a_value_or_a_problem(text):
    """Text made of YAML's own signs does not make the reader fail either."""
    problem = problem_of(text)
    assert problem is None or problem.line >= 1


def paths(value, prefix=()):
    """Yield the path of every value inside a value."""
    yield prefix
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from paths(inner, (*prefix, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from paths(inner, (*prefix, index))


@given(values)
def test_every_value_has_a_position_in_the_text(value):
    """A position is a place in the text, and that of a key begins with the key."""
    text = yaml.dump(value, Dumper=_Quoting)
    lines = text.splitlines()
    for path in paths(value):
        line, column = position(text, path)
        assert 1 <= line <= len(lines)
        assert 1 <= column <= len(lines[line - 1]) + 1
        if path and isinstance(path[-1], str):
            assert path[-1] in lines[line - 1][column - 1 :]


@given(values, st.lists(keys | st.integers(0, 9) | st.just(-1), max_size=5))
def test_position_of_what_is_not_there_is_that_of_its_nearest_parent(value, path):
    """A missing field is reported at the part that lacks it."""
    text = yaml.dump(value, Dumper=_Quoting)
    known = max(
        (each for each in paths(value) if tuple(path[: len(each)]) == each), key=len
    )
    assert position(text, tuple(path)) == position(text, known)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("-3", -3),
        ("0", 0),
        ("010", "010"),
        ("1e3", "1e3"),
        ("12:30", "12:30"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("0o17", "0o17"),
        ("+5", "+5"),
        ("-0", 0),
        ("52.0", "52.0"),
        (".5", ".5"),
        (".inf", ".inf"),
        ("2021-01-01", "2021-01-01"),
        ("no", "no"),
        ("Yes", "Yes"),
        ("off", "off"),
        ("NULL", "NULL"),
        ("True", "True"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ('"12"', "12"),
        ("'true'", "true"),
        ("12 of 39", "12 of 39"),
        ("99999999999999999999", "99999999999999999999"),
    ],
)
def test_scalars_are_read_as_written(text, value):
    """Only null, true, false and plain integers are resolved; the rest stays text."""
    result = parse(f"a: {text}\n")["a"]
    assert result == value
    assert type(result) is type(value)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: 1\nb: 2\na: 3\n", "E103", 3),
        ("a: {b: 1, c: 2, b: 3}\n", "E103", 1),
        ('a: 1\n"a": 2\n', "E103", 2),
        ("a: &x 1\n", "E104", 1),
        ("a: &x [1]\nb: *x\n", "E104", 1),
        ("a:\n  - *x\n", "E104", 2),
        ("&x a: 1\n", "E104", 1),
        ("a: !!python/object/apply:os.system [ls]\n", "E104", 1),
        ("a: !!str 1\n", "E104", 1),
        ("a: ! 1\n", "E104", 1),
        ("!!str a: 1\n", "E104", 1),
        ("? [a, b]\n: 1\n", "E104", 1),
        ("*a : 1\n", "E104", 1),
        ("a: 1\n---\nb: 2\n", "E104", 2),
        ("a: [1, 2\nb: 3\n", "E102", 2),
        ("a:\n\t- 1\n", "E102", 2),
        ("a: 'b\n", "E102", 2),
        ("a: b: c\n", "E102", 1),
        ("a: 1\nb\n", "E102", 3),
        ("a: \x00\n", "E102", 1),
        ("a: 1\nb: \x1b[31m\n", "E102", 2),
        ("a: \ud800\n", "E102", 1),
        ("%YAML 9.9\n---\na: 1\n", "E102", 1),
    ],
)
def test_what_is_not_read_is_refused_at_its_line(text, code, line):
    """Each refusal has a stable code and the line where the trouble is."""
    with pytest.raises(YamlProblem) as caught:
        parse(text)
    assert (caught.value.code, caught.value.line) == (code, line)


@pytest.mark.parametrize("opened", ["[", "{a: ", "- "])
def test_nesting_has_a_limit(opened):
    """Up to twenty levels are read; deeper is refused, ten thousand as fast as 21."""
    closed = {"[": "]", "{a: ": "}", "- ": ""}[opened]
    fine = opened * MAX_DEPTH + "1" + closed * MAX_DEPTH
    assert parse(fine) is not None
    for depth in (MAX_DEPTH + 1, 10_000):
        with pytest.raises(YamlProblem) as caught:
            parse(opened * depth + "1" + closed * depth)
        assert caught.value.code == "E105"


def test_a_merge_key_is_a_word_like_any_other():
    """``<<`` merges nothing."""
    assert parse("a: {<<: {b: 1}}\n") == {"a": {"<<": {"b": 1}}}


def test_line_endings_of_windows_are_read():
    """A file saved on Windows says the same, at the same lines."""
    text = "a: 1\r\nb:\r\n  c: 2\r\n"
    assert parse(text) == {"a": 1, "b": {"c": 2}}
    assert position(text, ("b", "c")) == (3, 3)


def test_position_counts_characters_not_bytes():
    """A column is where an editor puts it, whatever letters stand before."""
    assert position("a: {é: 1, ü: 2}\n", ("a", "ü")) == (1, 11)
    assert position("a: {𝔞: 1, b: 2}\n", ("a", "b")) == (1, 11)


def test_a_control_character_is_found_behind_letters_of_two_bytes():
    """Line and column count letters even where the parser counts bytes."""
    problem = problem_of("a: ééééé\nb: é\x1b[31m\n")
    assert (problem.code, problem.line, problem.column) == ("E102", 2, 5)


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a: 1\nb: 2\na: 3\n", "E103", 3, 1),
        ("a: &x [1]\n", "E104", 1, 4),
        ("a: [1, 2\nb: 3\n", "E102", 2, 2),
        ("a: ééééé\nb: é\x1b[31m\n", "E102", 2, 5),
        ("a: \ud800\n", "E102", 1, 4),
        ("[" * 100, "E105", 1, 21),
    ],
)
def test_without_libyaml_the_same_is_refused(monkeypatch, text, code, line, column):
    """Where PyYAML was built without libyaml, files are read more slowly, not else."""
    monkeypatch.setattr("lupus_evidence.records.yamltext.EventLoader", yaml.SafeLoader)
    problem = problem_of(text)
    assert (problem.code, problem.line, problem.column) == (code, line, column)
    assert parse("a: [1, 52.0, {b: no}]\n") == {"a": [1, "52.0", {"b": "no"}]}


def test_position_of_an_empty_text_is_its_start():
    """Even a text without a value has a first line."""
    assert position("", ("a", 0)) == (1, 1)
    assert position("# nothing\n", ()) == (1, 1)


@pytest.mark.parametrize("sign", ["\x85", "\u2028", "\u2029"])
def test_a_line_end_that_editors_do_not_show_is_text(sign):
    """Places count the lines that an editor counts, and the text stays as it was."""
    text = f'a: one{sign}two\nb: "x{sign}y"\nc{sign}d:\n  e: 1\n'
    assert parse(text) == {
        "a": f"one{sign}two",
        "b": f"x{sign}y",
        f"c{sign}d": {"e": 1},
    }
    assert position(text, ("b",)) == (2, 1)
    assert position(text, (f"c{sign}d", "e")) == (4, 3)
    assert problem_of(f"a: one{sign}two\nb: [\n").line == 3
    assert problem_of(f"a: one{sign}b: two\n") is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: trial #2 in b", [(("a",), "#2")]),
        ("a:\n  - {b: x}\n  - table ##3", [(("a", 1), "##3")]),
        ("a: #3 is all", [(("a",), "#3")]),
        ("a: one\n  two #3\n", [(("a",), "#3")]),
        ("a: {b: one #3\n  }", [(("a", "b"), "#3")]),
        ("a: trial # 2", []),
        ("a: trial #", []),
        ("a: trial#2", []),
        ("a: 'trial #2' #3", []),
        ("a: |\n  trial #2\n", []),
        ("#2\na: b\n#3\n", []),
        ("a: #3\n  b: c\n", []),
        ("", []),
    ],
)
def test_values_that_a_comment_cuts(text, expected):
    """Only a plain value, and only a comment that looks like a part of it."""
    assert list(cut_values(text)) == expected
