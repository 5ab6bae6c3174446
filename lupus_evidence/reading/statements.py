"""Claims without a rate: on the disease and the cells, on changes, harm and cure.

Also accounts of a study and one person's case.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.reading.claims_read import Read
from lupus_evidence.reading.lexicon import Mention, word_lists
from lupus_evidence.reading.patterns import pattern, printed
from lupus_evidence.vocabulary import topic

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lupus_evidence.reading.mentions import Mentions
    from lupus_evidence.reading.page_context import Settled
    from lupus_evidence.reading.sentence_context import Sentence
    from lupus_evidence.reading.sentence_links import Linked


@dataclass(frozen=True)
class Changed:
    """Something measured that fell or rose.

    Parameters
    ----------
    at : Mention
        Where it is named.
    measure, direction : str
        What, and which way: "falls" or "rises".
    before, after : str or None
        The value before and after, as printed.
    """

    at: Mention
    measure: str
    direction: str
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True)
class Swept:
    """A sweeping word.

    Parameters
    ----------
    at : Mention
        Where it stands.
    topic : str
        What it says, by the name that claims files have.
    """

    at: Mention
    topic: str


#: A word that denies stands at most so many letters before.
_REACH = 70
#: Past another measure the way to a word for change is so many letters longer.
_PAST_ANOTHER = 20
#: Between what is measured and the word for its change, at most so many letters.
_FAR = 70
_FROM_TO = pattern("statements.from_to")
#: "12.2 before the infusion, 3.2 at 12 months".
_BEFORE_AFTER = pattern("statements.before_after")
#: Between a word for a change and what is measured behind it: seven words.
_LEADS = re.compile(r"\s(?:[\w,-]+\s){0,7}")
_DENIED = pattern("statements.denied")
_GOAL = pattern("statements.goal")


def changed(mentions: Mentions) -> tuple[Changed, ...]:
    """Return what a sentence says to have fallen or risen.

    Parameters
    ----------
    mentions : Mentions
        What the sentence mentions.
    """
    if not mentions.measures or _COMPARED.search(mentions.small):
        return ()
    found: dict[tuple[object, ...], Changed] = {
        (change.measure, change.before, change.after): change
        for pattern in (_FROM_TO, _BEFORE_AFTER)
        for match in pattern.finditer(mentions.small)
        for change in _with_values(mentions, match)
    }
    told = {change.measure for change in found.values()}
    for measure in mentions.measures:
        if measure.name in told:
            continue
        change = _change_of(mentions, measure) or _of_list(mentions, measure)
        if change is None:
            continue
        direction = _direction(measure.name, change.name)
        if direction is None:
            continue
        told.add(measure.name)
        found[(measure.name,)] = Changed(measure, measure.name, direction)
    return tuple(found.values())


def _with_values(mentions: Mentions, match: re.Match[str]) -> Iterator[Changed]:
    """Yield what fell or rose from one value to another."""
    before = [item for item in mentions.measures if item.start <= match.start("a")]
    low, high = printed(match["a"]), printed(match["b"])
    if before and float(low) != float(high):
        item = before[-1]
        direction = "falls" if float(high) < float(low) else "rises"
        spot = Mention(match.start(), match.end(), item.name)
        yield Changed(spot, item.name, direction, low, high)


def _of_list(mentions: Mentions, measure: Mention) -> Mention | None:
    """Return the word for a change that a measure shares with those of its list."""
    around = sorted(mentions.measures)
    here = around.index(measure)
    for step in (1, -1):
        at = here
        while 0 <= at + step < len(around):
            pair = sorted((around[at], around[at + step]))
            if not _IN_LIST.fullmatch(mentions.small[pair[0].end : pair[1].start]):
                break
            at += step
            if change := _change_of(mentions, around[at]):
                return change
    return None


def _change_of(mentions: Mentions, measure: Mention) -> Mention | None:
    """Return the word for a measure's change: the nearest that is not denied."""
    best: tuple[float, Mention] | None = None
    for change in mentions.changes:
        after = change.start >= measure.end
        gap = (
            mentions.small[measure.end : change.start]
            if after
            else mentions.small[change.end : measure.start]
        )
        others = any(
            min(measure.end, change.end)
            <= item.start
            < max(measure.start, change.start)
            for item in mentions.changes
        )
        active = mentions.small[change.start : change.end] in _ACTIVE
        if after and active and gap.rstrip().endswith((" and", ",")):
            continue
        if len(gap) > _FAR or re.search(r"[;\u2014]|\bwhile\b|\bbut\b", gap) or others:
            continue
        if not after and not _LEADS.fullmatch(gap):
            continue
        before = mentions.small[max(0, change.start - 40) : change.start]
        if _DENIED.search(before) or (not after and _GOAL.search(before)):
            continue
        between = sum(
            min(measure.end, change.end)
            <= item.start
            < max(measure.start, change.start)
            for item in mentions.measures
        )
        way = len(gap) + (0 if after else 15) + _PAST_ANOTHER * between
        if best is None or way < best[0]:
            best = way, change
    return best[1] if best else None


def _direction(measure: str, change: str) -> str | None:
    """Return which way a measure went, by its word: "improved" depends on it."""
    better = word_lists()["better"]
    if change in ("falls", "rises"):
        return change
    if measure in better["falls"]:
        return "falls" if change == "better" else "rises"
    if measure in better["rises"]:
        return "rises" if change == "better" else "falls"
    return None


_NO_CURE = pattern("statements.no_cure")
#: One group lower than the other, or both alike, is no fall.
_COMPARED = pattern("statements.compared")
#: "... and reduce flares" says nothing of what stands before.
_ACTIVE_FORMS = """
    reduce reduces lower lowers improve improves increase increases decrease decreases
    reducing lowering improving
    """
_ACTIVE = frozenset(_ACTIVE_FORMS.split())
_IN_LIST = pattern("statements.in_list")
#: A safe dose is no safe treatment.
_SAFE_WHAT = (" dos", " level", " amount", " number", " and sound", " range")
_SAFE_IS = pattern("statements.safe_is")
_NO_WARNING = pattern("statements.no_warning")
_SAFE_NOT = pattern("statements.safe_not")


def swept(mentions: Mentions, links: Sequence[Linked]) -> tuple[Swept, ...]:
    """Return a sentence's sweeping words about harm and cure.

    Parameters
    ----------
    mentions : Mentions
        What the sentence mentions.
    links : sequence of Linked
        Its figures: what is counted is not swept.
    """
    found: dict[str, Swept] = {}
    for item in mentions.statements:
        if item.name in found:
            continue
        before = mentions.small[max(0, item.start - _REACH) : item.start]
        if item.name in ("cure", "few-harms", "no-harms") and _NO_CURE.search(before):
            continue
        if item.name == "warns-of-harm" and _NO_WARNING.search(before):
            continue
        if item.name == "few-harms" and _SAFE_NOT.search(before):
            continue
        if mentions.small.startswith(_SAFE_WHAT, item.end):
            continue
        named = mentions.small[item.start : item.end]
        says_safe = item.name == "few-harms" and named.endswith("safe")
        if says_safe and not _SAFE_IS.search(before + named[:-4]):
            continue
        if item.name == "few-harms" and "warns-of-harm" in found:
            continue
        if any(_same_spot(item, link) for link in links):
            continue
        found[item.name] = Swept(item, item.name)
    return tuple(found.values())


def _same_spot(item: Mention, link: Linked) -> bool:
    """Tell whether a sweeping word is part of a figure's claim."""
    start = min(link.figure.start, link.outcome.start)
    end = max(link.figure.end, link.outcome.end)
    return item.start < end and start < item.end


#: A claim on the disease: its shape, what it measures, in which unit.
_OF_THE_DISEASE = (
    ("sex_ratio", "sex-ratio", "women-per-man"),
    ("sex_ratio_before", "sex-ratio", "women-per-man"),
    ("incidence", "incidence", "percent"),
    ("incidence_rate", "incidence", "per-100000-a-year"),
    ("prevalence", "prevalence", "percent"),
    ("prevalence_rate", "prevalence", "per-100000"),
    ("neurological", "symptom-prevalence", "percent"),
)


def of_the_disease(item: Sentence) -> Iterator[Read]:
    """Yield what a sentence says of lupus: how many have it, who, with what.

    Parameters
    ----------
    item : Sentence
        A sentence that speaks of lupus, or of nothing else.
    """
    small = item.mentions.small
    for shape, quantity, unit in _OF_THE_DISEASE:
        match = pattern(f"background.{shape}").search(small)
        if match is None:
            continue
        value = printed(match["a"])
        other = printed(match["b"]) if "b" in match.re.groupindex else None
        if float(value) > 0 and (other is None or float(other) > 0):
            yield Read(
                item.spot,
                "background",
                percent=value,
                to=other,
                quantity=quantity,
                unit=unit,
            )


def of_the_cells(item: Sentence, therapy: Settled[str]) -> Iterator[Read]:
    """Yield how many cells a dose is said to hold.

    Parameters
    ----------
    item : Sentence
        A sentence that speaks of people.
    therapy : Settled
        Its treatment.
    """
    match = pattern("background.dose").search(item.mentions.small)
    if match is None or therapy.value not in topic().therapies:
        return
    unit = "million-cells-per-kg" if match["kg"] else "million-cells"
    yield Read(
        item.spot,
        "background",
        therapy.value,
        percent=printed(match["a"]),
        quantity="cells-per-dose",
        unit=unit,
        carried={} if therapy.where is None else {"therapy": therapy.where},
    )


def experts_agree(mentions: Mentions) -> bool:
    """Tell whether a sentence says that experts agree."""
    return pattern("accounts.experts").search(mentions.small) is not None


def account_of(item: Sentence, therapy: str, study: Settled[str]) -> Read | None:
    """Return a sentence's account of a study: its people and their age; None if none.

    Parameters
    ----------
    item : Sentence
        A sentence without a figure of what came of it.
    therapy : str
        Its treatment.
    study : Settled
        The record that it names.
    """
    small = item.mentions.small
    age = pattern("accounts.age").search(small)
    female = pattern("accounts.female").search(small)
    groups = item.mentions.groups
    if study.value is None or not groups or not (age or female):
        return None
    return Read(
        item.spot,
        "statement",
        therapy,
        people=groups[0].people,
        topic="study-account",
        age=printed(age["a"]) if age else None,
        female=printed(female["a"]) if female else None,
        cites=study.value,
    )


def case_of(item: Sentence, therapy: str) -> Read | None:
    """Return one person's case, where a sentence tells of one that can be known.

    Parameters
    ----------
    item : Sentence
        A sentence.
    therapy : str
        Its treatment.
    """
    mentions = item.mentions
    if not pattern("accounts.one_person").search(mentions.small):
        return None
    if not pattern("accounts.all_signs").search(mentions.small) or mentions.figures:
        return None
    named = [mentions.small[m.start : m.end] for m in mentions.other_diseases]
    added = [
        match["w"] for match in pattern("accounts.with_a").finditer(mentions.small)
    ]
    words = tuple(dict.fromkeys((*named, *added)))
    if not words:
        return None
    return Read(
        item.spot,
        "statement",
        therapy,
        people=1,
        topic="case-report",
        words=words,
    )
