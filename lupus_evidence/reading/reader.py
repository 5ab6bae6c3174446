"""From a page to its claims: every sentence with what was said before it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lupus_evidence.reading.carrying import (
    Told,
    narrower,
    of_other_treatment,
    therapy_in,
)
from lupus_evidence.reading.linking import COMPARATORS, Linked, linked
from lupus_evidence.reading.mentions import Mentions
from lupus_evidence.reading.read import (
    UNSPECIFIED,
    Missing,
    NotUnderstood,
    Read,
    ReadPage,
    Spot,
)
from lupus_evidence.reading.sentences import sentences
from lupus_evidence.reading.statements import changed, swept
from lupus_evidence.reading.studies import Cues
from lupus_evidence.reading.words import lower
from lupus_evidence.vocabulary import (
    ENDPOINTS,
    THERAPIES,
    broadest,
    family_of,
    therapy_includes,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lupus_evidence.reading.page import Block, Page
    from lupus_evidence.reading.read import Carried
    from lupus_evidence.reading.studies import StudyIndex
    from lupus_evidence.reading.words import Mention


@dataclass(frozen=True)
class _Sentence:
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
    """

    spot: Spot
    mentions: Mentions
    told: Told
    cues: Cues
    links: tuple[Linked, ...]
    known: frozenset[str] = frozenset()

    @property
    def after(self) -> Told:
        """What the page has said once it has been read."""
        endpoint = self.links[-1].endpoint if self.links else None
        named = {mention.name for mention in self.mentions.outcomes}
        if endpoint is None and len(named) == 1:
            endpoint = named.pop()
        return self.told.after(self.mentions, self.cues, "sentence", endpoint)


def read_claims(page: Page, index: StudyIndex) -> ReadPage:
    """Return the claims of a page, and the figures of which none could be made.

    Parameters
    ----------
    page : Page
        Its blocks of text.
    index : StudyIndex
        The records by what pages call them.
    """
    found = list(_sentences(page, index))
    of_lupus = any(item.mentions.of_lupus for item in found) or not any(
        item.mentions.other_diseases or item.mentions.several_diseases for item in found
    )
    claims: list[Read] = []
    rest: list[NotUnderstood] = []
    if of_lupus:
        main = _main_therapy(found)
        for item in found:
            before = frozenset(claim.cites for claim in claims if claim.cites)
            known = replace(_with_main(item, main), known=before)
            made, left = _read(known, index)
            claims += made
            rest += left
    return ReadPage(page.title, len(found), tuple(claims), tuple(rest), of_lupus)


#: An item of a list that goes on about the study of the one before.
_SAME_STUDY = re.compile(
    r"^(?:in |of )?(?:the same|that|this) (?:study|trial|group|series|team|report|people)\b|"
    r"^of (?:them|these|those)\b"
)
#: Who speaks next in a thread is no heading.
_SPEAKER = re.compile(r"\b(?:wrote|said|says|replied|posted|answered)\b.{0,20}:?$")


def _main_therapy(found: list[_Sentence]) -> str | None:
    """Return the one kind of stem cells that a page speaks of, if it is one."""
    names = [
        mention.name
        for item in found
        for mention in item.mentions.therapies
        if mention.name in _STEM_CELLS
    ]
    kinds = {broadest(name) for name in names}
    if len(kinds) != 1:
        return None
    wide = kinds.pop()
    return names[0] if len(set(names)) == 1 else wide


_STEM_CELLS = frozenset(
    {"hsct", "allo-hsct", "msc", "uc-msc", "bm-msc", "adipose-msc", "auto-msc", "car-t"}
)


def _with_main(item: _Sentence, main: str | None) -> _Sentence:
    """Return a sentence that leaves open which cells, with those of the whole page."""
    if main is None or item.told.therapy not in (None, UNSPECIFIED):
        return item
    since = {**item.told.since, "therapy": "page"}
    return replace(item, told=replace(item.told, therapy=main, since=since))


def _sentences(page: Page, index: StudyIndex) -> Iterator[_Sentence]:
    """Yield a page's sentences in order, each with what was said before."""
    title = Told()
    section = told = before_list = title
    heading = ""
    last_kind = ""
    for block in page.blocks:
        if block.kind == "heading" and _SPEAKER.search(block.text):
            continue
        if block.kind in ("title", "heading"):
            mentions = Mentions(block.text)
            base = _above_heading(title, told)
            cues = _cues(index, mentions, base)
            yield from _of_block(page, block, base, index, heading)
            told = base.after(mentions, cues, block.kind)
            if block.kind == "title" and not title.since:
                title = told
            section, heading = told, block.text
        else:
            if block.kind == "item" and last_kind != "item":
                before_list = told
            of_its_own = block.kind == "item" and not _SAME_STUDY.search(lower(block.text))
            start = before_list if of_its_own else told.at_paragraph()
            for item in _of_block(page, block, start, index, heading):
                yield item
                told = item.after
        last_kind = block.kind
    del section


def _above_heading(title: Told, told: Told) -> Told:
    """Return what holds below a new heading: what the title says, or the text before.

    What an earlier heading said is over.
    """
    base = title.at_heading()
    if base.therapy in (None, UNSPECIFIED) and told.since.get("therapy") == "sentence":
        since = {**base.since, "therapy": told.since["therapy"]}
        return replace(base, therapy=told.therapy, since=since)
    return base


def _of_block(
    page: Page, block: Block, told: Told, index: StudyIndex, heading: str
) -> Iterator[_Sentence]:
    """Yield the sentences of a block."""
    for span in sentences(block.text):
        line, first = page.place(block, span.start)
        size = block.offset(span.end - 1) - block.offset(span.start)
        spot = Spot(span.text, line, first, first + size, heading)
        mentions = Mentions(span.text)
        if of_other_treatment(mentions, told):
            told = told.without_study()
        links = linked(mentions, told.endpoint)
        item = _Sentence(
            spot, mentions, told, _cues(index, mentions, told), links
        )
        yield item
        told = item.after


def _cues(index: StudyIndex, mentions: Mentions, told: Told) -> Cues:
    """Return what a sentence says of a study."""
    people = {item.people for item in mentions.groups if not item.part}
    if told.people is None or mentions.another_study:
        people |= {item.people for item in mentions.figures if item.people}
    return index.cues(mentions.text, people)


def _read(
    item: _Sentence, index: StudyIndex
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
    kept = tuple(link for link in links if not _is_sweeping(mentions, link))
    claims += _without_rate(item, kept, index)
    for figure in mentions.figures:
        if figure not in used and figure.form in _PRINTED:
            text = mentions.text[figure.start : figure.end]
            rest.append(NotUnderstood(item.spot, text, "outcome"))
    return claims, rest


#: Figures that a reader would call one.
_PRINTED = ("percentage", "share", "counted")
#: A word of possibility reaches so many words ahead.
_REACH = 9


def _missing(item: _Sentence, link: Linked) -> Missing | None:
    """Return what keeps a figure and its outcome from being a claim of fact."""
    mentions = item.mentions
    if mentions.is_question:
        return "question"
    if _is_possible(mentions, link):
        return "only-possible"
    if mentions.of_animals or item.told.animals and not mentions.groups:
        return "animals"
    if _disease(item, link.figure.start) == "other":
        return "other-disease"
    if mentions.of_one_person and link.figure.form == "count" and not mentions.people:
        return "one-person"
    if _is_sweeping(mentions, link):
        return "denied"
    if _therapy(item, link.therapy, None)[0] is None:
        return "treatment"
    if link.therapy is None and _OF_LUPUS_ITSELF.search(mentions.small):
        return "treatment"
    return None


#: What lupus itself does to people, whatever they are given.
_OF_LUPUS_ITSELF = re.compile(
    r"(?:people|patients|those|women|everyone|cases|americans) (?:with|who have) (?:[a-z]+ ){0,2}(?:lupus|sle)\b"
    r"[^.;]{0,25}\b(?:develop|get|have|live|die|go on to|end up|progress|reach|need)\b|"
    r"(?:of (?:these|them|those)|percent|%)\s(?:will\s)?(?:progress|develop|reach|go on to|end up)\b"
)
_HAPPENED = re.compile(
    r"\b(?:were|was|had|occurred|seen|reported|observed|developed|experienced|"
    r"suffered|recorded|noted|so far|among|during|happened|arose|got)\b|:"
)


def _is_sweeping(mentions: Mentions, link: Linked) -> bool:
    """Tell whether "no side effects" is said of the treatment, not of a study."""
    return (
        link.endpoint in ("adverse-event", "serious-adverse-event")
        and link.figure.form == "none"
        and not _HAPPENED.search(mentions.small)
        and link.figure.end - link.figure.start <= 4  # noqa: PLR2004 - "no", "zero"
    )


_CLAUSE = re.compile(r"[;:]|,\s(?:and|but|yet|so|or)\s")


def _is_possible(mentions: Mentions, link: Linked) -> bool:
    """Tell whether a figure is only hoped for or planned."""
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


def _disease(item: _Sentence, spot: int) -> str | None:
    """Return whose illness a place of a sentence is about."""
    mentions = item.mentions
    if mentions.several_diseases:
        return "several"
    if mentions.of_lupus and mentions.other_diseases:
        named = [(m, "lupus") for m in mentions.lupus]
        named += [(m, "other") for m in mentions.other_diseases]
        return min(
            named,
            key=lambda pair: abs(pair[0].start - spot)
            + 30 * (pair[0].start > spot),
        )[1]
    if mentions.of_lupus:
        return "lupus"
    if mentions.other_diseases:
        return "other"
    return item.told.disease


def _therapy(
    item: _Sentence, named: Mention | None, cites: str | None
) -> tuple[str | None, Carried | None]:
    """Return a claim's treatment, and where that stands if not in the sentence."""
    del cites
    told = item.told
    if named is not None and named.name in COMPARATORS:
        return named.name, None
    own = therapy_in(item.mentions, Told())
    if named is not None and named.name != UNSPECIFIED:
        wide = named.name
        if own in THERAPIES and therapy_includes(wide, own):
            wide = own
        found = narrower(wide, told, item.mentions)
        return found, None if found == wide else told.since.get("therapy")
    if told.therapy not in (None, UNSPECIFIED):
        return told.therapy, told.since.get("therapy")
    if own is not None:
        return own, None
    return told.therapy, told.since.get("therapy")


def _rate(item: _Sentence, link: Linked, index: StudyIndex) -> Read:
    """Return the claim that a figure and its outcome make."""
    figure, mentions, told = link.figure, item.mentions, item.told
    carried: dict[str, Carried] = {}
    therapy, where = _therapy(item, link.therapy, None)
    if where is not None:
        carried["therapy"] = where
    cites, could_be, from_before = _cited(item, therapy, index)
    if len(could_be) > 1:
        counted = (figure.events, figure.people)
        telling = index.reporting(could_be, link.endpoint, figure.percent, counted)
        if len(telling) == 1:
            cites, could_be, from_before = telling[0], (), "figure"
    if cites and from_before:
        carried["cites"] = from_before
    if therapy in (None, UNSPECIFIED) and cites:
        given = index.therapies_of(cites)
        if len(given) == 1:
            therapy, carried["therapy"] = given[0], "study"
    if cites and carried.get("therapy"):
        given = index.therapies_of(cites)
        if len(given) == 1 and _same_kind(given[0], therapy):
            therapy = given[0]
    people, treated, where = _people(item, link)
    if where is not None:
        carried["people"] = where
    months, time, where = _months(item, link)
    if where is not None:
        carried["months"] = where
    who = _who(item)
    if _disease(item, figure.start) == "several" or (
        people is not None and people == told.mixed
    ):
        who = "several-diseases"
    return Read(
        item.spot,
        "rate",
        therapy,
        link.endpoint,
        _scope(mentions, link, who),
        who,
        link.among,
        months,
        time,
        figure.percent if figure.form not in ("counted", "count") else None,
        figure.to,
        figure.amount,
        figure.bound,
        figure.events,
        people,
        treated,
        _counts(mentions, link),
        cites=cites,
        could_be=could_be,
        carried=carried,
    )


def _same_kind(one: str, other: str | None) -> bool:
    """Tell whether two treatments are of one kind, such as MSC of two sources."""
    return other in THERAPIES and one in THERAPIES and broadest(one) == broadest(other)


def _cited(
    item: _Sentence, therapy: str | None, index: StudyIndex
) -> tuple[str | None, tuple[str, ...], Carried | None]:
    """Return the record that a claim rests on, or those that it may rest on."""
    before = item.told.cues
    if item.mentions.another_study:
        before = Cues()
    telling = item.cues.authors or item.cues.places or item.cues.numbers
    if telling or not before.some:
        own = index.named(item.cues, therapy) if item.cues.some else ()
        if len(own) == 1:
            return own[0], (), None
        joined = index.named(before.joined(item.cues), therapy) if before.some else own
        joined = tuple(name for name in joined if name in own) or own
        if len(joined) == 1:
            return joined[0], (), item.told.since.get("cues")
        if known := index.of_known(item.known, item.cues.people, therapy):
            return known[0], (), "page"
        return None, joined, None
    if own := index.of_known(item.known, item.cues.people, therapy):
        return own[0], (), "page"
    named = index.named(before, therapy)
    if len(named) != 1:
        named = index.named(before.joined(item.cues), therapy) or named
    if len(named) == 1:
        return named[0], (), item.told.since.get("cues")
    return None, named, None


def _people(
    item: _Sentence, link: Linked
) -> tuple[int | None, int | None, Carried | None]:
    """Return out of how many people, how many were treated, where it is carried from."""
    figure, told = link.figure, item.told
    if figure.people is not None:
        return figure.people, None, None
    if link.among is not None:
        return None, None, None
    if link.group is not None:
        return link.group.people, None, None
    if told.people is not None and not item.mentions.another_study:
        if figure.events is not None and figure.events > told.people:
            return None, None, None
        return told.people, None, told.since.get("people")
    return None, None, None


def _months(
    item: _Sentence, link: Linked
) -> tuple[float | None, str, Carried | None]:
    """Return a claim's time in months, the word before it, where it is carried from."""
    if link.when is not None:
        return link.when.months, link.when.word, None
    told = item.told
    if told.months is None or not ENDPOINTS[link.endpoint].clock:
        return None, "at", None
    if item.mentions.another_study:
        return None, "at", None
    if not _time_holds(item):
        return None, "at", None
    return told.months, "at", told.since.get("months")


def _time_holds(item: _Sentence) -> bool:
    """Tell whether the time that was spoken of before still holds."""
    told = item.told
    if told.months is None or item.mentions.another_study:
        return False
    heading = told.since.get("months") in ("heading", "title")
    return told.follow_up or heading or _same_time(item.mentions)


#: What was given stands at most so many letters behind what it did.
_BEHIND = 40


def _therapy_at(mentions: Mentions, spot: int) -> str | None:
    """Return the treatment that stands right behind a place: "to 5.9 with placebo"."""
    for named in mentions.therapies:
        between = mentions.small[spot : named.start] if named.start >= spot else None
        if between is not None and _WITH.fullmatch(between):
            return None if named.name == UNSPECIFIED else named.name
    return None


_WITH = re.compile(r"[^,;.]{0,30}\b(?:with|on|in|for|given|of|after)\s(?:the\s)?")


def _same_time(mentions: Mentions) -> bool:
    """Tell whether a sentence goes on about the time of the one before."""
    return bool(_THEN.search(mentions.small))


_THEN = re.compile(
    r"\b(?:by then|at that (?:point|time|stage|visit)|by that (?:point|time)|"
    r"at the same (?:point|time|visit)|of (?:them|these)|of those(?! (?:with|who|whose|in|given|on|we))|the (?:rest|others)|"
    r"at this (?:point|time)|a further|another|in that time|over the same|that year)\b"
)


def _who(item: _Sentence) -> str | None:
    """Return whom a claim is about, where not everybody with lupus."""
    if item.mentions.who and (item.mentions.who_they_are or not item.mentions.groups):
        return item.mentions.who[0].name
    return item.told.who


def _scope(mentions: Mentions, link: Linked, who: str | None) -> str | None:
    """Return what a remission or a response was judged on: the kidneys, or all."""
    if family_of(link.endpoint) not in ("remission", "response"):
        return None
    near = mentions.small[max(0, link.outcome.start - 12) : link.outcome.end + 22]
    kidney = any(word in near for word in ("renal", "kidney", "nephritis"))
    return "kidney" if kidney or who == "kidney" else None


def _counts(mentions: Mentions, link: Linked) -> str:
    """Return whether a number counts people, or happenings."""
    if link.figure.form != "count" or link.endpoint in ("death", "malignancy"):
        return "people"
    between = mentions.small[link.figure.end : link.outcome.start]
    named = mentions.small[link.outcome.start : link.outcome.end]
    direct = len(between.split()) <= 1 and named.endswith("s")
    return "events" if direct else "people"


def _without_rate(
    item: _Sentence, links: tuple[Linked, ...], index: StudyIndex
) -> Iterator[Read]:
    """Yield what a sentence says to fall or rise, and its sweeping words."""
    mentions = item.mentions
    if mentions.is_question or mentions.of_animals or item.told.animals:
        return
    therapy, where = _therapy(item, mentions.therapies[0] if mentions.therapies else None, None)
    if therapy is None:
        return
    if therapy in COMPARATORS:
        own = therapy_in(mentions, item.told)
        therapy, where = (own, None) if own else (item.told.therapy, item.told.since.get("therapy"))
        if therapy is None:
            return
    carried: dict[str, Carried] = {} if where is None else {"therapy": where}
    base = Read(item.spot, "direction", therapy, carried=carried, who=_who(item))
    if not mentions.of_one_person:
        yield from _directions(item, base, index)
    for word in swept(mentions, links):
        if mentions.of_one_person and word.topic != "warns-of-harm":
            continue
        if _disease(item, word.at.start) == "other":
            continue
        if any(
            end.end <= word.at.start and len(mentions.small[end.end : word.at.start].split()) <= _REACH
            for end in mentions.possible
        ):
            continue
        yield replace(base, kind="statement", topic=word.topic)


def _directions(item: _Sentence, base: Read, index: StudyIndex) -> Iterator[Read]:
    """Yield what a sentence says to fall or rise."""
    mentions, told = item.mentions, item.told
    cites, could_be, where = _cited(item, base.therapy, index)
    for change in changed(mentions):
        if _disease(item, change.at.start) == "other":
            continue
        near = [
            word
            for word in mentions.possible
            if word.start < change.at.end + 40
        ]
        if near:
            continue
        when = min(
            mentions.times, key=lambda one: abs(one.start - change.at.end), default=None
        )
        carried = dict(base.carried)
        if cites and where:
            carried["cites"] = where
        months = when.months if when else None
        if months is None and _time_holds(item):
            months = told.months
            carried["months"] = told.since["months"]
        therapy = _therapy_at(mentions, change.at.end) or base.therapy
        people = mentions.groups[0].people if mentions.groups else told.people
        yield replace(
            base,
            therapy=therapy,
            people=None if mentions.another_study and not mentions.groups else people,
            measure=change.measure,
            direction=change.direction,
            before=change.before,
            after=change.after,
            months=months,
            cites=cites,
            could_be=could_be,
            carried=carried,
        )


