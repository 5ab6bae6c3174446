"""The claims that one sentence makes, and its figures that make none."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from lupus_evidence.reading.claims_read import Missing, NotUnderstood, Read
from lupus_evidence.reading.page_context import Settled, therapy_in
from lupus_evidence.reading.patterns import pattern
from lupus_evidence.reading.sentence_context import (
    Sentence,
    carried_over,
    cited_by,
    disease_at,
    months_of,
    people_given,
    people_of,
    time_holds,
    treatment_of,
    who_of,
)
from lupus_evidence.reading.sentence_links import Linked, denied, is_no_rate
from lupus_evidence.reading.statements import (
    account_of,
    case_of,
    changed,
    experts_agree,
    of_the_cells,
    of_the_disease,
    swept,
)
from lupus_evidence.vocabulary import UNSPECIFIED, broadest, family_of, topic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lupus_evidence.reading.cited_studies import StudyIndex
    from lupus_evidence.reading.figures import Figure
    from lupus_evidence.reading.mentions import Mentions
    from lupus_evidence.reading.statements import Swept


#: Figures that a reader would call one.
_PRINTED = ("percentage", "share", "counted")

#: A word of possibility reaches so many words ahead.
_REACH = 9

#: "It may fall" and "it fell, we hope": a word of possibility so many letters behind.
_AFTER = 40
#: "I had no flares": who speaks stands at most so many letters before.
_NEAR = 30
#: What was given stands at most so many letters behind what it did.
_BEHIND = 40

#: What lupus itself does to people, whatever they are given.
_OF_LUPUS_ITSELF = pattern("reader.of_lupus_itself")

_HAPPENED = pattern("reader.happened")

_CLAUSE = pattern("reader.clause")

_WITH = pattern("reader.with")
_IT = pattern("reader.it")
_OF_MY = (" of my ", " of his ", " of her ", "of my ", "of his ", "of her ")


def claims_made(
    item: Sentence, index: StudyIndex
) -> tuple[list[Read], list[NotUnderstood]]:
    """Return a sentence's claims, and its figures that make none."""
    mentions = item.mentions
    links = item.links
    claims: list[Read] = []
    rest: list[NotUnderstood] = []
    used = set()
    for link in links:
        used.add(link.figure)
        missing = _missing(item, link)
        if missing is None:
            claims.append(_rate(item, link, index))
        elif link.figure.form in _PRINTED:
            figure = mentions.text[link.figure.start : link.figure.end]
            rest.append(NotUnderstood(item.spot, figure, missing))
    kept = tuple(link for link in links if not _is_sweeping(item, link))
    claims += _without_rate(item, kept, index)
    claims += _beside_results(item, index, has_rate=bool(claims))
    told = {claim.percent for claim in claims if claim.kind == "background"}
    for alone in mentions.figures:
        known = alone.percent in told and alone.percent is not None
        beside = is_no_rate(mentions, alone)
        if alone not in used and alone.form in _PRINTED and not (known or beside):
            text = mentions.text[alone.start : alone.end]
            rest.append(NotUnderstood(item.spot, text, _why_not(item, alone)))
    return claims, rest


def _why_not(item: Sentence, figure: Figure) -> Missing:
    """Return why a figure without an outcome of its own made no claim."""
    mentions = item.mentions
    if mentions.is_question:
        return "question"
    if _is_of_one(item, figure):
        return "one-person"
    if disease_at(item, figure.start) == "other":
        return "other-disease"
    if mentions.of_animals or (item.told.animals and not mentions.groups):
        return "animals"
    if figure in denied(mentions):
        return "denied"
    hoped = any(word.start < figure.start for word in mentions.possible)
    return "only-possible" if hoped else "outcome"


def _beside_results(
    item: Sentence, index: StudyIndex, *, has_rate: bool
) -> Iterator[Read]:
    """Yield what a sentence says of the disease, the cells, a study, one person."""
    mentions = item.mentions
    if mentions.is_question or mentions.of_animals:
        return
    if mentions.of_condition or item.told.disease == "condition":
        yield from of_the_disease(item)
    therapy = _treatment_spoken_of(item)
    yield from of_the_cells(item, therapy)
    if therapy.value is None or has_rate:
        return
    if experts_agree(mentions) and mentions.therapies and not mentions.possible:
        yield Read(item.spot, "statement", therapy.value, topic="expert-agreement")
    elif case := case_of(item, therapy.value):
        yield case
    elif account := account_of(
        item, therapy.value, cited_by(item, therapy.value, index)
    ):
        yield account


def _missing(item: Sentence, link: Linked) -> Missing | None:
    """Return what keeps a figure and its outcome from being a claim of fact."""
    return next((why for why, holds in _BARS.items() if holds(item, link)), None)


def _asks(item: Sentence, _: Linked) -> bool:
    """Tell whether the sentence only asks."""
    return item.mentions.is_question


def _of_animals(item: Sentence, _: Linked) -> bool:
    """Tell whether it speaks of animals, or goes on about them."""
    mentions = item.mentions
    return mentions.of_animals or (item.told.animals and not mentions.groups)


def _of_other_disease(item: Sentence, link: Linked) -> bool:
    """Tell whether the figure is about another disease."""
    return disease_at(item, link.figure.start) == "other"


def _of_one_person(item: Sentence, link: Linked) -> bool:
    """Tell whether it is one person's own story."""
    if _is_of_one(item, link.figure):
        return True
    if link.figure.form not in ("count", "none") or item.mentions.people:
        return False
    start, small = link.figure.start, item.mentions.small
    return any(
        start - _NEAR <= word.start < start
        and not _CLAUSE.search(small[word.end : start])
        for word in item.mentions.one_person
    )


def _is_of_one(item: Sentence, figure: Figure) -> bool:
    """Tell whether a share is one of somebody's own: "90 % of my symptoms"."""
    return item.mentions.small.startswith(_OF_MY, figure.end)


def _without_treatment(item: Sentence, link: Linked) -> bool:
    """Tell whether no treatment is told, or it is what lupus itself does to people."""
    treatment = treatment_of(item, link.therapy)
    if treatment.value is None:
        return True
    harm = topic().endpoints[link.endpoint].family == "harm"
    if treatment.where == "page" and harm and item.mentions.of_condition:
        return item.told.people is None and not item.mentions.groups
    of_condition = _OF_LUPUS_ITSELF.search(item.mentions.small)
    return link.therapy is None and of_condition is not None


def _is_sweeping(item: Sentence, link: Linked) -> bool:
    """Tell whether "no side effects" is said of the treatment, not of a study."""
    return (
        link.endpoint in ("adverse-event", "serious-adverse-event")
        and link.figure.form == "none"
        and not _HAPPENED.search(item.mentions.small)
        and link.figure.end - link.figure.start <= len("zero")
    )


def _is_possible(item: Sentence, link: Linked) -> bool:
    """Tell whether a figure is only hoped for or planned."""
    mentions = item.mentions
    first = min(link.figure.start, link.outcome.start)
    last = max(link.figure.end, link.outcome.end)
    for word in mentions.possible:
        if first <= word.start < last:
            return True
        between = mentions.small[word.end : first]
        if (
            word.end <= first
            and len(between.split()) <= _REACH
            and not any(word.end <= end.start < first for end in mentions.clause_ends)
            and not _CLAUSE.search(between)
        ):
            return True
    return False


#: What keeps a figure from being a claim, in the order in which it is said.
_BARS: dict[Missing, Callable[[Sentence, Linked], bool]] = {
    "question": _asks,
    "only-possible": _is_possible,
    "animals": _of_animals,
    "other-disease": _of_other_disease,
    "one-person": _of_one_person,
    "denied": _is_sweeping,
    "treatment": _without_treatment,
}


def _rate(item: Sentence, link: Linked, index: StudyIndex) -> Read:
    """Return the claim that a figure and its outcome make."""
    figure = link.figure
    study = _study(item, link, index)
    therapy = _treatment_in(study.value, treatment_of(item, link.therapy), index)
    people, months = people_of(item, link, therapy.value), months_of(item, link)
    who = who_of(item)
    mixed = people.value is not None and people.value == item.told.mixed
    if mixed or disease_at(item, figure.start) == "several":
        who = "several-diseases"
    settled: dict[str, Settled[Any]] = {
        "therapy": therapy,
        "cites": study,
        "people": people,
        "months": months,
    }
    return Read(
        item.spot,
        "rate",
        therapy.value,
        link.endpoint,
        _scope(item.mentions, link, who),
        who,
        link.among,
        months.value,
        "at" if link.when is None else link.when.word,
        figure.percent,
        figure.to,
        figure.amount,
        figure.bound,
        figure.events,
        people.value,
        counts=_counts(item.mentions, link),
        cites=study.value,
        could_be=study.others,
        carried=carried_over(settled),
    )


def _study(item: Sentence, link: Linked, index: StudyIndex) -> Settled[str]:
    """Return the record that a figure rests on; of several the one that reports it."""
    found = cited_by(item, treatment_of(item, link.therapy).value, index)
    if found.others:
        counted = (link.figure.events, link.figure.people)
        percent = link.figure.percent
        months = months_of(item, link).value
        telling = index.reporting(found.others, link.endpoint, percent, counted, months)
        if len(telling) == 1:
            return Settled(telling[0], "figure")
    return found


def _treatment_in(
    cites: str | None, told: Settled[str], index: StudyIndex
) -> Settled[str]:
    """Return a claim's treatment: where it was left open, that of the study cited."""
    given = index.therapies_of(cites) if cites else ()
    if len(given) == 1:
        if told.value == UNSPECIFIED:
            return Settled(given[0], "study")
        if told.where is not None and _same_kind(given[0], told.value):
            return Settled(given[0], told.where)
    return told


def _same_kind(one: str, other: str | None) -> bool:
    """Tell whether two treatments are of one kind, such as MSC of two sources."""
    return (
        other in topic().therapies
        and one in topic().therapies
        and broadest(one) == broadest(other)
    )


#: The organ whose remission articles tell apart from that of the whole disease.
_KIDNEY = "kidney"


def _scope(mentions: Mentions, link: Linked, who: str | None) -> str | None:
    """Return what a remission or a response was judged on: the kidneys, or all."""
    if family_of(link.endpoint) not in ("remission", "response"):
        return None
    near = mentions.small[max(0, link.outcome.start - 12) : link.outcome.end + 22]
    if _KIDNEY not in topic().scopes:
        return None
    kidney = any(word in near for word in ("renal", "kidney", "nephritis"))
    return _KIDNEY if kidney or who == _KIDNEY else None


def _counts(mentions: Mentions, link: Linked) -> Literal["people", "events"]:
    """Return whether a number counts people, or happenings."""
    if link.figure.form != "count" or link.endpoint in ("death", "malignancy"):
        return "people"
    between = mentions.small[link.figure.end : link.outcome.start]
    named = mentions.small[link.outcome.start : link.outcome.end]
    direct = len(between.split()) <= 1 and named.endswith("s")
    return "events" if direct else "people"


def _without_rate(
    item: Sentence, links: tuple[Linked, ...], index: StudyIndex
) -> Iterator[Read]:
    """Yield what a sentence says to fall or rise, and its sweeping words."""
    mentions = item.mentions
    if mentions.is_question or mentions.of_animals or item.told.animals:
        return
    therapy = _treatment_spoken_of(item)
    if therapy.value is None:
        return
    base = Read(
        item.spot,
        "direction",
        therapy.value,
        who=who_of(item),
        carried=carried_over({"therapy": therapy}),
    )
    if not mentions.of_one_person:
        yield from _directions(item, base, index)
    for word in swept(mentions, links):
        if _is_said(item, word):
            yield replace(base, kind="statement", topic=word.topic)


def _treatment_spoken_of(item: Sentence) -> Settled[str]:
    """Return the treatment that a sentence is about, which is no drug of before."""
    first = next(iter(item.mentions.therapies), None)
    found = treatment_of(item, first)
    if found.value not in topic().comparators:
        return found
    own = therapy_in(item.mentions, item.told)
    return Settled(own) if own else item.told.settled("therapy")


def _is_said(item: Sentence, word: Swept) -> bool:
    """Tell whether a sweeping word is said of people with lupus, and as a fact."""
    mentions = item.mentions
    if mentions.of_one_person and word.topic != "warns-of-harm":
        return False
    named = {mention.name for mention in mentions.therapies}
    if named <= set(topic().comparators):
        spoken_of = mentions.same_treatment or _IT.search(mentions.small)
        if named or (word.topic == "warns-of-harm" and not spoken_of):
            return False
    if disease_at(item, word.at.start) == "other":
        return False
    return not any(
        may.end <= word.at.start
        and len(mentions.small[may.end : word.at.start].split()) <= _REACH
        for may in mentions.possible
    )


def _directions(item: Sentence, base: Read, index: StudyIndex) -> Iterator[Read]:
    """Yield what a sentence says to fall or rise."""
    mentions, told = item.mentions, item.told
    study = cited_by(item, base.therapy, index)
    own_people = mentions.groups[0].people if mentions.groups else None
    for change in changed(mentions):
        if disease_at(item, change.at.start) == "other" or any(
            word.start < change.at.end + _AFTER for word in mentions.possible
        ):
            continue
        when = min(
            mentions.times, key=lambda one: abs(one.start - change.at.end), default=None
        )
        months = Settled(when.months if when else None)
        if when is None and time_holds(item):
            months = told.settled("months")
        therapy = _therapy_at(mentions, change.at.end) or base.therapy
        people = Settled(own_people)
        if own_people is None:
            people = people_given(item, therapy)
        settled: dict[str, Settled[Any]] = {
            "cites": study,
            "people": people,
            "months": months,
        }
        yield replace(
            base,
            therapy=therapy,
            people=people.value,
            measure=change.measure,
            direction=change.direction,
            before=change.before,
            after=change.after,
            months=months.value,
            cites=study.value,
            could_be=study.others,
            carried={**base.carried, **carried_over(settled)},
        )


def _therapy_at(mentions: Mentions, spot: int) -> str | None:
    """Return the treatment that stands right behind a place: "to 5.9 with placebo"."""
    for named in mentions.therapies:
        between = mentions.small[spot : named.start] if named.start >= spot else None
        if between is not None and _WITH.fullmatch(between):
            return None if named.name == UNSPECIFIED else named.name
    return None
