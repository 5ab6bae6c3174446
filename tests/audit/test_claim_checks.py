"""Every check of claims files: code, level, words, hint and place, all of them."""

import re
from pathlib import Path

import pytest

from lupus_evidence.audit.articles import ClaimsBase, LoadedClaims, load_claims
from lupus_evidence.audit.background import span_of
from lupus_evidence.audit.claim_checks import CLAIMS, check_claims
from lupus_evidence.records.claims import ClaimsFile, Source, StatementClaim
from lupus_evidence.records.load import EvidenceBase, StudyFile
from lupus_evidence.records.study import Arm, Study

MANUAL = Path(__file__).parents[2] / "docs" / "audit.md"
RELAPSE = 'kind: rate, therapy: {}, figures: [{{endpoint: relapse, percent: "20"}}]'
RATE = RELAPSE.format("msc")
AMOUNT = "kind: rate, therapy: msc, figures: [{{endpoint: relapse{}}}]"
DOI = "doi: 10.1000/182"
#: One record of umbilical-cord cells, as far as the checks look at it.
STUDY = Study.model_construct(
    id="doe-2015", arms={"cells": Arm.model_construct(therapy="uc-msc")}
)
RECORDS = EvidenceBase("records", (StudyFile(STUDY, "doe-2015.yaml", ""),), (), None)


def article(*claims, name="page"):
    """Return a claims file whose claims are called aa, bb, ..., or by their own id."""
    rows = [
        f"  - {{{'' if claim.startswith('id: ') else f'id: {letter}{letter}, '}"
        f"says: A claim, {claim}}}\n"
        for letter, claim in zip("abcdef", claims, strict=False)
    ]
    head = f"article: {{title: A page, kind: blog}}\nid: {name}\nclaims:\n"
    return head + "".join(rows)


def problems(folder, **texts):
    """Return file, line, field at the place, code, level, message and hint of each."""
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    claims = load_claims([folder])
    assert not claims.diagnostics
    found = []
    for item in check_claims(claims, RECORDS):
        name = Path(item.place.file).stem
        line = texts[name].splitlines()[item.place.line - 1]
        field = line[item.place.column - 1 :].partition(":")[0]
        place = (name, item.place.line, field)
        found.append((place, item.code, item.level, item.message, item.hint))
    return found


def of(quantity, unit, *references, more=""):
    """Return a background claim."""
    listed = ", ".join(f"{{label: S, {DOI}, {text}}}" for text in references)
    return (
        f"kind: background, quantity: {quantity}, unit: {unit}, "
        f'value: "5"{more}, references: [{listed}]'
    )


def test_the_second_of_two_claims_with_one_id_is_named(tmp_path):
    """The id of the later claim is pointed at; other ids are left alone."""
    text = article(f"id: one, {RATE}", f"id: two, {RATE}", f"id: one, {RATE}")
    assert problems(tmp_path, page=text) == [
        (
            *(("page", 6, "id"), "C101", "error"),
            *("the id one stands here twice", "rename one"),
        )
    ]


def test_the_second_of_two_files_with_one_id_names_the_first(tmp_path):
    """The later file is at fault; a third with an id of its own is not."""
    found = problems(
        tmp_path,
        page=article(RATE),
        second=article(RATE),
        third=article(RATE, name="third"),
    )
    first = next(message for _, code, _, message, _ in found if code == "C102")
    assert re.fullmatch(r"(\S*/)?page\.yaml has the id page too", first)
    assert [(*row[:3], row[4]) for row in found] == [
        (("second", 2, "id"), "C102", "error", "rename one"),
    ]


CHECKED = [
    (
        f"{RATE}, cites: doe-2016",
        *("cites", "W201", "warning"),
        "there is no study named 'doe-2016'. Did you mean doe-2015?",
        "leave it out where the study has no record",
    ),
    (
        f"{RELAPSE.format('hsct')}, cites: doe-2015",
        *("cites", "W202", "warning"),
        "doe-2015 has no arm with hsct",
        "check therapy and study",
    ),
    (
        (
            "kind: direction, therapy: hsct, cites: doe-2015, "
            "changes: [{measures: [sledai], direction: falls}]"
        ),
        *("cites", "W202", "warning"),
        "doe-2015 has no arm with hsct",
        "check therapy and study",
    ),
    (
        "kind: statement, topic: few-harms, therapies: [hsct, car-t], cites: doe-2015",
        *("cites", "W202", "warning"),
        "doe-2015 has no arm with hsct or car-t",
        "check therapy and study",
    ),
    (
        (
            "kind: background, quantity: cells-per-dose, unit: million-cells, "
            'value: "5", therapy: hsct, cites: doe-2015'
        ),
        *("cites", "W202", "warning"),
        "doe-2015 has no arm with hsct",
        "check therapy and study",
    ),
    (
        "kind: statement, topic: study-account, therapies: [msc]",
        *("{id", "C204", "error"),
        *("bb has no cites", "add cites"),
    ),
    (
        'kind: background, quantity: cells-per-dose, unit: million-cells, value: "5"',
        *("{id", "C204", "error"),
        *("bb has no therapy", "add therapy"),
    ),
    (
        of("sex-ratio", "women-per-man", 'unit: women-per-man, value: "1", to: "0"'),
        *("{label", "C205", "error"),
        *("S is not above 0", "check the figure"),
    ),
    (
        of(
            *("sex-ratio", "women-per-man", 'unit: women-per-man, value: "1"'),
            more=', to: "0"',
        ),
        *("value", "C206", "error"),
        *("bb is not above 0", "check the figure"),
    ),
    (
        RATE.replace('"20"', '"100.5"'),
        *("percent", "C203", "error"),
        "100.5 % is outside 0 to 100",
        "give the percentage as printed",
    ),
    (
        RATE.replace('"20"', '"20", events: 2, people: 1'),
        *("events", "C203", "error"),
        "2 of 1 people",
        "check both numbers",
    ),
    (
        AMOUNT.format(', percent: "20", to: "100.5"'),
        *("to", "C203", "error"),
        "100.5 % is outside 0 to 100",
        "give the percentage as printed",
    ),
    (
        AMOUNT.format(', percent: "20", to: "10"'),
        *("to", "C203", "error"),
        *("20 to 10 % runs backwards", "swap the ends"),
    ),
    (
        AMOUNT.format(", months: 12"),
        *("{endpoint", "C208", "error"),
        *("the figure has no amount", "add percent, amount or events"),
    ),
    (
        AMOUNT.format(", people: 5, bound: over"),
        *("{endpoint", "C208", "error"),
        *("the figure has no amount", "add percent, amount or events"),
    ),
    (
        AMOUNT.format(', percent: "50", amount: half'),
        *("amount", "C208", "error"),
        *("percent and amount", "leave one of them out"),
    ),
    (
        AMOUNT.format(', amount: half, to: "60"'),
        *("to", "C208", "error"),
        *("to without percent", "add percent"),
    ),
    (
        "kind: statement, topic: lasting, therapies: [msc]",
        *("{id", "C204", "error"),
        *("bb has no outcome", "add outcome"),
    ),
    (
        "kind: statement, topic: case-report, therapies: [msc]",
        *("{id", "C204", "error"),
        *("bb has no words", "add words"),
    ),
    (
        of("incidence", "percent"),
        *("{id", "C204", "error"),
        *("bb has no references", "add references"),
    ),
    (
        f"{RATE}, quoted: [{{label: Review, {DOI}, unit: percent}}]",
        *("{label", "C205", "error"),
        "Review has no figure",
        "give value, or low and high",
    ),
    (
        (
            f"{RATE}, quoted: [{{label: Review, {DOI}, unit: percent, "
            'low: "9", high: "8"}]'
        ),
        *("low", "C205", "error"),
        *("Review runs from 9 down to 8", "swap the ends"),
    ),
    (
        of("incidence", "percent", 'unit: percent, high: "5"'),
        *("{label", "C205", "error"),
        *("S has half a range", "give low and high"),
    ),
    (
        of("incidence", "percent", 'unit: percent, value: "5"').replace(DOI, "note: N"),
        *("{label", "C205", "error"),
        *("S has no source", "add doi, pmid, pmcid or url"),
    ),
    (
        of("incidence", "percent", 'unit: percent, value: "0"'),
        *("{label", "C205", "error"),
        *("S is not above 0", "check the figure"),
    ),
    (
        of("incidence", "percent", 'unit: percent, value: "5"').replace(
            'value: "5", ref', 'value: "0", ref'
        ),
        *("value", "C206", "error"),
        *("bb is not above 0", "check the figure"),
    ),
    (
        of("prevalence", "percent", 'unit: per-100000-a-year, value: "5"'),
        *("unit", "C206", "error"),
        "per-100000-a-year is no unit of prevalence",
        "use percent or per-100000",
    ),
    (
        of("sex-ratio", "percent", 'unit: women-per-man, value: "5"'),
        *("unit", "C206", "error"),
        *("percent is no unit of sex-ratio", "use women-per-man"),
    ),
    (
        of("prevalence", "percent", 'unit: percent, value: "5"', more=', to: "9"'),
        *("to", "C206", "error"),
        *("prevalence is no ratio", "divide it out, or leave `to` out"),
    ),
    (
        of("prevalence", "percent", 'unit: percent, value: "5", to: "9"'),
        *("to", "C206", "error"),
        *("prevalence is no ratio", "divide it out, or leave `to` out"),
    ),
    (
        of(
            "incidence",
            "percent",
            'unit: percent, value: "5"',
            'quantity: cells-per-dose, unit: million-cells, value: "5"',
        ),
        *("quantity", "C206", "error"),
        "cells-per-dose cannot be compared with incidence",
        "leave this reference out",
    ),
    (
        (
            f"{RATE}, quoted: [{{label: Review, {DOI}, unit: percent, "
            f'low: "5", high: "20"}}, {{label: Other, {DOI}, '
            'unit: per-100000, low: "5", high: "20"}]'
        ),
        *("unit", "C206", "error"),
        *("per-100000 is no unit of a percentage", "use percent"),
    ),
    (
        RATE.replace("relapse", "other-harm"),
        *("endpoint", "C207", "error"),
        "other-harm has no meaning of its own",
        "use a named one, or put this part under `unchecked`",
    ),
    (
        (
            "kind: direction, therapy: msc, "
            "changes: [{measures: [other], direction: falls}]"
        ),
        *("measures", "C207", "error"),
        "other has no meaning of its own",
        "use a named one, or put this part under `unchecked`",
    ),
]


@pytest.mark.parametrize(
    ("claim", "field", "code", "level", "message", "hint"),
    CHECKED,
    ids=[f"{row[2]}-{number}" for number, row in enumerate(CHECKED)],
)
def test_one_wrong_claim_behind_a_right_one(
    tmp_path, claim, *, field, code, level, message, hint
):
    """The second claim is found at fault, at its field, with what to do about it."""
    assert problems(tmp_path, page=article(RATE, claim)) == [
        (("page", 5, field), code, level, message, hint)
    ]


@pytest.mark.parametrize(
    "claim",
    [
        f"{RATE}, cites: doe-2015",
        RATE.replace('"20"', '"0"'),
        AMOUNT.format(', percent: "0", to: "0"'),
        AMOUNT.format(', percent: "0", to: "100"'),
        AMOUNT.format(", amount: none"),
        AMOUNT.format(", events: 0"),
        AMOUNT.format(", events: 5, people: 5, amount: all"),
        "kind: statement, topic: cure, therapies: [msc]",
        "kind: statement, topic: better-than, therapies: [msc], than: conventional",
        (
            "kind: statement, topic: lasting, therapies: [msc], "
            "outcome: {endpoint: any-remission}"
        ),
        of(
            "cells-per-dose",
            "million-cells-per-kg",
            'unit: million-cells, value: "80"',
            more=", therapy: msc",
        ),
        RATE.replace('"20"', '"100", events: 5, people: 5'),
        "kind: statement, topic: few-harms, therapies: [hsct, msc], cites: doe-2015",
        (
            "kind: background, quantity: cells-per-dose, unit: million-cells, "
            'value: "5", therapy: msc, cites: doe-2015'
        ),
        of(
            "prevalence",
            "percent",
            'unit: percent, value: "5"',
            more=", cites: doe-2015",
        ),
        of("incidence", "per-100000", 'unit: per-100000, value: "0.5"'),
        of("incidence", "percent", 'unit: percent, low: "4", high: "4"'),
        of("prevalence", "per-100000", 'unit: per-100000, low: "0.5", high: "1"'),
        of("symptom-prevalence", "per-100000", 'unit: per-100000, value: "1"'),
        of(
            "incidence",
            "per-100000-a-year",
            'unit: per-100000-a-year, value: "0.1"',
            'quantity: prevalence, unit: percent, value: "5"',
        ),
        of(
            *("sex-ratio", "women-per-man"),
            'unit: women-per-man, value: "9", to: "1"',
            'unit: women-per-man, value: "3", to: "0.5"',
            more=', to: "1"',
        ),
    ],
)
def test_what_is_possible_is_accepted(tmp_path, claim):
    """Ends of a range, narrower treatments, rare diseases, ratios and their units."""
    assert problems(tmp_path, page=article(RATE, claim)) == []


def test_codes_are_listed_by_number_as_in_the_manual():
    """Errors and warnings are in one order, each with the manual's meaning."""
    rows = re.findall(r"\n\| `([CW]\d{3})` \| (.*) \|", MANUAL.read_text("utf-8"))
    assert [code for code, _ in rows] == list(CLAIMS.ordered())
    assert tuple(CLAIMS.ordered())[:5] == ("C101", "C102", "W201", "W202", "C203")
    for code, meaning in rows:
        assert f"{CLAIMS.ordered()[code].title}." == meaning


def test_a_source_without_any_figure_has_no_span():
    """Such a source is refused before; whoever asks all the same is told its name."""
    source = Source.model_validate({"label": "Doe", "unit": "percent"})
    with pytest.raises(ValueError, match="Doe gives neither a value nor a range"):
        span_of(source)


def test_a_study_of_one_of_two_treatments_may_be_cited():
    """A claim about two treatments fits a study of either, and no study of neither."""
    found = []
    for therapies in (("hsct", "msc"), ("msc", "hsct"), ("hsct", "car-t")):
        claim = StatementClaim.model_construct(
            id="one", topic="few-harms", therapies=therapies, cites="doe-2015"
        )
        content = ClaimsFile.model_construct(id="page", claims=(claim,))
        item = LoadedClaims(content, "page.yaml", "id: page\n")
        problems = check_claims(ClaimsBase((item,), ()), RECORDS)
        found.append([problem.code for problem in problems])
    assert found == [[], [], ["W202"]]
