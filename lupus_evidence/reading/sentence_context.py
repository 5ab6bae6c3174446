"""A sentence with what was said before it, and what that settles for its claims."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lupus_evidence.reading.cited_studies import Cues, StudyIndex
from lupus_evidence.reading.lexicon import OWN_CELLS, Mention
from lupus_evidence.reading.nearness import arms_in
from lupus_evidence.reading.page_context import Settled, Told, narrower, therapy_in
from lupus_evidence.reading.patterns import pattern
from lupus_evidence.vocabulary import UNSPECIFIED, therapy_includes, topic

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lupus_evidence.reading.claims_read import Carried, Spot
    from lupus_evidence.reading.mentions import Mentions
    from lupus_evidence.reading.sentence_links import Linked


_THEN = pattern("reader.then")
_OF_THEM = pattern("linking.of_them")
_OF_THEM_BEHIND = pattern("linking.of_them_behind")


@dataclass(frozen=True)
class Sentence:
    """A sentence with what it mentions and what was said before.

    Parameters
    ----------
    spot : Spot
        Its place.
    mentions : Mentions
        What it mentions.
    told : Told
        What the page said before it.
    cues : Cues
        What it says of a study.
    links : tuple of Linked
        Its figures with their outcomes.
    known : frozenset of str
        Records that the page has named before.
    report : str or None
        The record of which the page is itself the report.
    """

    spot: Spot
    mentions: Mentions
    told: Told
    cues: Cues
    links: tuple[Linked, ...]
    known: frozenset[str] = frozenset()
    report: str | None = None

    @property
    def after(self) -> Told:
        """What the page has said once it has been read."""
        endpoint = self.links[-1].endpoint if self.links else None
        named = {mention.name for mention in self.mentions.outcomes}
        if endpoint is None and len(named) == 1:
            endpoint = named.pop()
        return self.told.after(self.mentions, self.cues, "sentence", endpoint)


def carried_over(settled: Mapping[str, Settled[Any]]) -> dict[str, Carried]:
    """Return which of a claim's parts stand not in its sentence, and where they do.

    Parameters
    ----------
    settled : mapping of str to Settled
        The parts by name.
    """
    return {
        name: part.where
        for name, part in settled.items()
        if part.value is not None and part.where is not None
    }


def disease_at(item: Sentence, spot: int) -> str | None:
    """Return whose illness a place of a sentence is about."""
    mentions = item.mentions
    if mentions.several_diseases:
        return "several"
    if mentions.of_condition and mentions.other_diseases:
        named = [(m, "condition") for m in mentions.condition]
        named += [(m, "other") for m in mentions.other_diseases]
        return min(
            named,
            key=lambda pair: abs(pair[0].start - spot) + 15 * (pair[0].start > spot),
        )[1]
    if mentions.of_condition:
        return "condition"
    if mentions.other_diseases:
        return "other"
    return item.told.disease


def treatment_of(item: Sentence, named: Mention | None) -> Settled[str]:
    """Return the treatment of a claim.

    Parameters
    ----------
    item : Sentence
        Its sentence.
    named : Mention or None
        The treatment that the sentence names for it.
    """
    told = item.told
    if named is not None and named.name in topic().comparators:
        return Settled(named.name)
    if named is not None and named.name == OWN_CELLS:
        return Settled(therapy_in(item.mentions, told))
    own = therapy_in(item.mentions, Told())
    if named is not None and named.name != UNSPECIFIED:
        wide = named.name
        if own is not None and own in topic().therapies and therapy_includes(wide, own):
            wide = own
        found = narrower(wide, told, item.mentions)
        return Settled(found, None if found == wide else told.since.get("therapy"))
    if told.therapy in (None, UNSPECIFIED) and own is not None:
        return Settled(own)
    return told.settled("therapy")


def cited_by(item: Sentence, therapy: str | None, index: StudyIndex) -> Settled[str]:
    """Return the record that a claim rests on, or those that it may rest on.

    Parameters
    ----------
    item : Sentence
        Its sentence.
    therapy : str or None
        Its treatment, if known.
    index : StudyIndex
        The records by what pages call them.
    """
    cues = item.cues
    if item.report and not (cues.authors or cues.places or item.mentions.another_study):
        return Settled(item.report, "page")
    before = Cues() if item.mentions.another_study else item.told.cues
    known = index.of_known(item.known, cues.people, therapy)
    if cues.authors or cues.places or cues.numbers or not before.some:
        own = index.named(cues, therapy) if cues.some else ()
        if len(own) == 1:
            return Settled(own[0])
        both = index.named(before.joined(cues), therapy) if before.some else own
        found = tuple(name for name in both if name in own) or own
    elif known:
        return Settled(known[0], "page")
    else:
        found = index.named(before, therapy)
        if len(found) != 1:
            found = index.named(before.joined(cues), therapy) or found
    if len(found) == 1:
        return Settled(found[0], item.told.since.get("cues"))
    if known or item.report:
        return Settled(known[0] if known else item.report, "page")
    may_be = index.possible(before.joined(cues), therapy)
    return Settled(None, others=found or may_be)


def people_of(item: Sentence, link: Linked, therapy: str | None) -> Settled[int]:
    """Return out of how many people a figure is.

    Parameters
    ----------
    item : Sentence
        Its sentence.
    link : Linked
        The figure.
    therapy : str or None
        What these people were given.
    """
    figure = link.figure
    if figure.people is not None:
        return Settled(figure.people)
    earlier = [other for other in item.links if other.figure.start < figure.start]
    counted = [other for other in earlier if other.figure.people]
    wholes = topic().endpoints[link.endpoint].within
    part_of = [other.figure.people for other in counted if other.endpoint in wholes]
    if counted and _is_of_them(item, link):
        return Settled(part_of[-1] if part_of else None)
    if link.group is not None and link.group.people >= (figure.events or 0):
        return Settled(link.group.people)
    if part_of:
        return Settled(part_of[-1])
    if link.among is not None:
        return Settled(None)
    found = people_given(item, therapy)
    more = found.value is not None and (figure.events or 0) > found.value
    return Settled(None) if more else found


def _is_of_them(item: Sentence, link: Linked) -> bool:
    """Tell whether a figure is of those whom its own sentence counts before it."""
    small, figure = item.mentions.small, link.figure
    return bool(
        _OF_THEM.search(small[: figure.start])
        or _OF_THEM_BEHIND.match(small, figure.start)
    )


def people_given(item: Sentence, therapy: str | None) -> Settled[int]:
    """Return how many people were given a treatment, as far as was said before.

    Parameters
    ----------
    item : Sentence
        The sentence that leaves it open.
    therapy : str or None
        What they were given.
    """
    told = item.told
    own = arms_in(item.mentions)
    if own is not None:
        return Settled(own.given(therapy))
    if item.mentions.another_study:
        return Settled(None)
    if told.arms is not None:
        return Settled(told.arms.given(therapy), told.since.get("arms"))
    if therapy in topic().comparators and told.therapy not in topic().comparators:
        return Settled(None)
    return told.settled("people")


def months_of(item: Sentence, link: Linked) -> Settled[float]:
    """Return a claim's time in months."""
    if link.when is not None:
        return Settled(link.when.months)
    if not topic().endpoints[link.endpoint].clock or not time_holds(item):
        return Settled(None)
    return item.told.settled("months")


def time_holds(item: Sentence) -> bool:
    """Tell whether the time that was spoken of before still holds."""
    told = item.told
    if told.months is None or item.mentions.another_study:
        return False
    heading = told.since.get("months") in ("heading", "title")
    return told.follow_up or heading or _same_time(item.mentions)


def _same_time(mentions: Mentions) -> bool:
    """Tell whether a sentence goes on about the time of the one before."""
    return bool(_THEN.search(mentions.small))


def who_of(item: Sentence) -> str | None:
    """Return whom a claim is about, where not everybody with lupus."""
    if item.mentions.who and (item.mentions.who_they_are or not item.mentions.groups):
        return item.mentions.who[0].name
    return item.told.who
