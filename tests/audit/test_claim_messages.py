"""What is wrong with a claims file is told with its figures and names."""

import pytest

from lupus_evidence.audit import audit, load_claims
from lupus_evidence.load import load

RATE = "kind: rate, therapy: msc, figures: [{endpoint: relapse, "
SOURCE = "{label: Source 1, unit: percent, doi: 10.1000/182"
BACKGROUND = "kind: background, quantity: prevalence, unit: percent"
WOMEN = "{label: Source 1, unit: women-per-man, doi: 10.1000/182"
RATIO = "kind: background, quantity: sex-ratio, unit: women-per-man"


def problems(world, *claims):
    """Return level, code, message and the text at the place of every problem."""
    world.study("doe-2015", "endpoint: relapse, at: 12, events: 12, n: 60")
    lines = "".join(
        f"  - {{id: claim-{number}, says: A claim, {claim}}}\n"
        for number, claim in enumerate(claims, 1)
    )
    path = world.articles / "page.yaml"
    path.write_text(
        f"id: page\narticle: {{title: A page, kind: blog}}\nclaims:\n{lines}",
        encoding="utf-8",
    )
    found = audit(load(world.records), load_claims([path])).diagnostics
    text = path.read_text(encoding="utf-8").splitlines()
    return [
        (
            item.level,
            item.code,
            item.message,
            text[item.place.line - 1][item.place.column - 1 :].partition(":")[0],
        )
        for item in found
    ]


@pytest.mark.parametrize(
    ("claim", "level", "code", "message", "at"),
    [
        (
            f'{RATE}percent: "101"}}]',
            "error",
            "C203",
            "101 % is outside 0 to 100",
            "percent",
        ),
        (
            f'{RATE}percent: "50", events: 6, people: 5}}]',
            "error",
            "C203",
            "6 of 5 people",
            "events",
        ),
        (
            (
                "kind: rate, therapy: hsct, cites: doe-2015, figures: [{endpoint: "
                "relapse, "
                'percent: "20"}]'
            ),
            "warning",
            "W202",
            "doe-2015 has no arm with hsct",
            "cites",
        ),
        (
            (
                "kind: statement, topic: few-harms, therapies: [hsct, car-t], "
                "cites: doe-2015"
            ),
            "warning",
            "W202",
            "doe-2015 has no arm with hsct or car-t",
            "cites",
        ),
        (
            "kind: statement, topic: case-report, therapies: [msc]",
            "error",
            "C204",
            "claim-1 has no words",
            "{id",
        ),
        (
            "kind: statement, topic: study-account, therapies: [msc]",
            "error",
            "C204",
            "claim-1 has no cites",
            "{id",
        ),
        (
            f'{BACKGROUND}, value: "5"',
            "error",
            "C204",
            "claim-1 has no references",
            "{id",
        ),
        (
            (
                "kind: background, quantity: cells-per-dose, unit: million-cells, "
                'value: "5"'
            ),
            "error",
            "C204",
            "claim-1 has no therapy",
            "{id",
        ),
        (
            f'{BACKGROUND}, value: "5", references: [{SOURCE}}}]',
            "error",
            "C205",
            "Source 1 has no figure",
            "{label",
        ),
        (
            f'{BACKGROUND}, value: "5", references: [{SOURCE}, low: "4"}}]',
            "error",
            "C205",
            "Source 1 has half a range",
            "{label",
        ),
        (
            f'{BACKGROUND}, value: "5", references: [{SOURCE}, low: "4", high: "3"}}]',
            "error",
            "C205",
            "Source 1 runs from 4 down to 3",
            "low",
        ),
        (
            f'{BACKGROUND}, value: "5", references: [{SOURCE}, value: "0"}}]',
            "error",
            "C205",
            "Source 1 is not above 0",
            "{label",
        ),
        (
            f'{RATIO}, value: "5", references: [{WOMEN}, value: "1", to: "0"}}]',
            "error",
            "C205",
            "Source 1 is not above 0",
            "{label",
        ),
        (
            (
                f'{BACKGROUND}, value: "5", references: '
                '[{label: Source 1, unit: percent, value: "5"}]'
            ),
            "error",
            "C205",
            "Source 1 has no source",
            "{label",
        ),
        (
            f'{BACKGROUND}, value: "0", references: [{SOURCE}, value: "5"}}]',
            "error",
            "C206",
            "claim-1 is not above 0",
            "value",
        ),
        (
            f'{RATIO}, value: "5", to: "0", references: [{WOMEN}, value: "5"}}]',
            "error",
            "C206",
            "claim-1 is not above 0",
            "value",
        ),
        (
            (
                "kind: background, quantity: sex-ratio, unit: percent, "
                f'value: "5", references: [{WOMEN}, value: "5"}}]'
            ),
            "error",
            "C206",
            "percent is no unit of sex-ratio",
            "unit",
        ),
        (
            (
                "kind: rate, therapy: msc, figures: [{endpoint: other-harm, "
                'percent: "20"}]'
            ),
            "error",
            "C207",
            "other-harm has no meaning of its own",
            "endpoint",
        ),
        (
            (
                "kind: direction, therapy: msc, changes: "
                "[{measures: [sledai, other], direction: falls}]"
            ),
            "error",
            "C207",
            "other has no meaning of its own",
            "measures",
        ),
    ],
)
def test_a_problem_is_told_at_its_place(world, claim, *, level, code, message, at):
    """Level, code, the figures or names, and the field to look at."""
    assert problems(world, claim) == [(level, code, message, at)]


@pytest.mark.parametrize(
    "claim",
    [
        f'{RATE}percent: "0"}}]',
        f'{RATE}percent: "100"}}]',
        f'{RATE}percent: "50", events: 5, people: 5}}]',
        (
            "kind: rate, therapy: uc-msc, cites: doe-2015, figures: [{endpoint: "
            "relapse, "
            'percent: "20"}]'
        ),
        "kind: statement, topic: few-harms, therapies: [hsct, msc], cites: doe-2015",
        (
            f'{BACKGROUND}, value: "5", cites: doe-2015, references: '
            f'[{SOURCE}, low: "4", high: "4"}}]'
        ),
        f'{BACKGROUND}, value: "5", references: [{SOURCE}, value: "4"}}]',
        (
            "kind: background, quantity: incidence, unit: per-100000-a-year, "
            f'value: "5", references: [{SOURCE}, value: "4"}}]'
        ),
    ],
)
def test_a_claim_at_the_edge_of_what_is_possible_is_accepted(world, claim):
    """Nobody, everybody, a narrower therapy, a range of one value."""
    assert problems(world, claim) == []


def test_a_file_called_otherwise_is_told_by_its_name(world):
    """The name of the file stands in the message."""
    world.study("doe-2015")
    path = world.articles / "other.yaml"
    path.write_text(
        "id: page\narticle: {title: A page, kind: blog}\nclaims:\n"
        f'  - {{id: one, says: A claim, {RATE}percent: "20"}}]}}\n',
        encoding="utf-8",
    )
    found = audit(load(world.records), load_claims([path])).diagnostics
    assert [item.message for item in found] == ["the file is called other"]
