"""From a page to its sentences and their claims, each with what was said before it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from lupus_evidence.reading.claims_read import (
    NotUnderstood,
    Read,
    ReadPage,
    Spot,
)
from lupus_evidence.reading.lexicon import lower, word_lists
from lupus_evidence.reading.mentions import Mentions
from lupus_evidence.reading.page_context import Told, narrows, of_other_treatment
from lupus_evidence.reading.patterns import pattern
from lupus_evidence.reading.sentence_claims import claims_made
from lupus_evidence.reading.sentence_context import Sentence
from lupus_evidence.reading.sentence_links import linked
from lupus_evidence.vocabulary import UNSPECIFIED, broadest, topic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lupus_evidence.reading.cited_studies import Cues, StudyIndex
    from lupus_evidence.reading.claims_read import Carried
    from lupus_evidence.reading.page import Block, Page


def read_claims(page: Page, index: StudyIndex) -> ReadPage:
    """Return the claims of a page, and the figures of which none could be made.

    Parameters
    ----------
    page : Page
        Its blocks of text.
    index : StudyIndex
        The records by what pages call them.
    """
    found = list(told_sentences(page, index))
    of_condition = any(item.mentions.of_condition for item in found) or not any(
        item.mentions.other_diseases or item.mentions.several_diseases for item in found
    )
    claims: list[Read] = []
    rest: list[NotUnderstood] = []
    if of_condition:
        main, report = _main_therapy(found), index.of_page(page.text)
        for item in found:
            before = frozenset(claim.cites for claim in claims if claim.cites)
            known = replace(_with_main(item, main), known=before, report=report)
            made, left = claims_made(known, index)
            claims += made
            rest += left
    return ReadPage(page.title, len(found), tuple(claims), tuple(rest), of_condition)


#: What leads a page in is said in its first paragraphs, whatever stands between them.
_LEAD = 3
#: An item of a list that goes on about the study of the one before.
_SAME_STUDY = pattern("reader.same_study")
#: Who speaks next in a thread is no heading.
_SPEAKER = pattern("reader.speaker")
_PART_OF_REPORT = pattern("reader.part_of_report")


#: A kind that is named so often, and so much of all that is named, is the page's own.
_OFTEN, _MOSTLY = 3, 0.75


def _main_therapy(found: list[Sentence]) -> str | None:
    """Return the one kind of cells that a page is about, if it is one."""
    names = [
        mention.name
        for item in found
        for mention in item.mentions.therapies
        if mention.name in topic().cells
    ]
    kinds = Counter(map(broadest, names)).most_common(1)
    if not kinds:
        return None
    wide, times = kinds[0]
    if times < len(names) and (times < _OFTEN or times < _MOSTLY * len(names)):
        return None
    own = {name for name in names if broadest(name) == wide}
    return own.pop() if len(own) == 1 else wide


def _with_main(item: Sentence, main: str | None) -> Sentence:
    """Return a sentence that leaves open which cells, with those of the whole page."""
    if main is None or item.told.therapy not in (None, UNSPECIFIED):
        return item
    since = {**item.told.since, "therapy": "page"}
    return replace(item, told=replace(item.told, therapy=main, since=since))


def told_sentences(page: Page, index: StudyIndex) -> Iterator[Sentence]:
    """Yield a page's sentences in order, each with what was said before.

    Parameters
    ----------
    page : Page
        Its blocks of text.
    index : StudyIndex
        The records by what pages call them.
    """
    title = told = before_list = Told()
    lead: Told | None = None
    heading = before = ""
    in_list, passed = False, 0
    for block in page.blocks:
        if block.kind == "heading" and _SPEAKER.search(block.text):
            continue
        if block.kind in ("title", "heading"):
            if block.kind == "heading" and (lead is None or passed <= _LEAD):
                lead = told
            base = _above_heading(title, lead or Told())
            if _PART_OF_REPORT.fullmatch(lower(block.text)):
                base = told.at_part_of_report(base)
            yield from _of_block(page, block, base, index, heading)
            mentions = Mentions(block.text)
            told = base.after(mentions, _cues(index, mentions, base), block.kind)
            if block.kind == "title" and not title.since:
                title = told
            heading = block.text
        else:
            start = told.at_paragraph()
            if block.kind == "item" and (not in_list or before.endswith(":")):
                before_list = told
            if block.kind == "item" and not _SAME_STUDY.search(lower(block.text)):
                start = before_list
            for item in _of_block(page, block, start, index, heading):
                yield item
                told = item.after
            passed += 1
        in_list, before = block.kind == "item", block.text.rstrip()


def _above_heading(title: Told, lead: Told) -> Told:
    """Return what holds below a new heading: what the title says, or the first lines.

    What an earlier section said is over.
    """
    base = title.at_heading()
    wide = base.therapy in (None, UNSPECIFIED) or narrows(lead.therapy, base.therapy)
    if wide and lead.since.get("therapy") == "sentence":
        since: dict[str, Carried] = {**base.since, "therapy": "sentence"}
        return replace(base, therapy=lead.therapy, since=since)
    return base


def _of_block(
    page: Page, block: Block, told: Told, index: StudyIndex, heading: str
) -> Iterator[Sentence]:
    """Yield the sentences of a block."""
    for span in sentences(block.text):
        line, first = page.place(block, span.start)
        size = block.offset(span.end - 1) - block.offset(span.start)
        spot = Spot(span.text, line, first, first + size, heading)
        mentions = Mentions(span.text)
        if of_other_treatment(mentions, told):
            told = told.without_study()
        links = linked(mentions, told.endpoint)
        item = Sentence(spot, mentions, told, _cues(index, mentions, told), links)
        yield item
        told = item.after


def _cues(index: StudyIndex, mentions: Mentions, told: Told) -> Cues:
    """Return what a sentence says of a study."""
    people = {item.people for item in mentions.groups if not item.part}
    if told.people is None or mentions.another_study:
        people |= {item.people for item in mentions.figures if item.people}
    return index.cues(mentions.text, people)


#: Where a sentence may end: a mark, closing quotes and brackets, references; then a
#: space and what may begin a sentence.
_END = pattern("sentences.end")
#: Before a small letter a point after so few letters is one of an abbreviation.
_SHORT = 3
#: The next item of a list that was put into one line.
_BULLET = re.compile(r"(?<=[\].])\s[-\u2013\u2022]\s(?=[A-Z])")
#: A sentence of more letters is none that somebody wrote for others to read.
_LONGEST = 1_500
#: No word is longer than so many letters.
_FAR = 40
#: What may end a sentence though it is an abbreviation.
_UNITS = frozenset({"etc", "inc", "ltd", "mo", "yr", "yrs", "mos", "wk", "pts", "no"})
_LAST_WORD = re.compile(r"[\w.]+$")
_INITIAL = re.compile(r"(?:^|\s)[A-Z]$")


@dataclass(frozen=True)
class Span:
    """A sentence's place in its block.

    Parameters
    ----------
    start, end : int
        Characters of the block's text, from 0; the end is left out.
    text : str
        The sentence.
    """

    start: int
    end: int
    text: str


@cache
def _abbreviations() -> frozenset[str]:
    """Return words whose point ends no sentence."""
    return frozenset(word_lists()["abbreviations"])


def _ends(text: str, match: re.Match[str]) -> bool:
    """Tell whether a mark ends a sentence."""
    following = text[match.end() : match.end() + 1]
    if match["mark"] != ".":
        return not (following.islower() and "\u2026" in match["mark"])
    if match["close"].strip("[]0123456789,; \u2013-"):
        return True
    before = text[max(0, match.start() - _FAR) : match.start()]
    word = _LAST_WORD.search(before)
    if word is None:
        return True
    numbers_it = word[0] == text[: match.start()].lstrip() and word[0].isdigit()
    return not (numbers_it or _is_short_for(word[0], before, following))


def _is_short_for(word: str, before: str, following: str) -> bool:
    """Tell whether a word with a point is an abbreviation, or somebody's initial.

    Parameters
    ----------
    word, before : str
        The word, and the text up to its end.
    following : str
        The letter behind the point and the space.
    """
    small = lower(word)
    if _INITIAL.search(before):
        return True
    if following.islower() and (len(small) < _SHORT or "." in small):
        return True
    if small in _UNITS:  # "after 6 mo. They", but "no. 12"
        return following.isdigit()
    return small in _abbreviations()


def sentences(text: str) -> tuple[Span, ...]:
    """Return the sentences of a block.

    Parameters
    ----------
    text : str
        One paragraph, heading or item, on one line.

    Returns
    -------
    tuple of Span
        In order. "Dr. Wang", "e.g. this", "3.5 g" and a reference such as [12] after
        the point keep together.
    """
    found = []
    start = 0
    ends = [match for match in _END.finditer(text) if _ends(text, match)]
    for end, following in sorted(
        [(match.end("close"), match.end()) for match in ends]
        + [match.span() for match in _BULLET.finditer(text)]
    ):
        if end >= start:
            found.append((start, end))
            start = following
    found.append((start, len(text)))
    return tuple(
        Span(*_stripped(text, *part))
        for first, last in found
        for part in _parts(text, first, last)
        if text[slice(*part)].strip()
    )


def _parts(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield a stretch without a stop in parts that a rule can take at a time."""
    while last - first > _LONGEST:
        cut = text.rfind(" ", first + _LONGEST // 2, first + _LONGEST)
        end = cut if cut > 0 else first + _LONGEST
        yield first, end
        first = end
    yield first, last


def _stripped(text: str, start: int, end: int) -> tuple[int, int, str]:
    """Return a stretch of text without the spaces around it."""
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    piece = piece.strip()
    return start, start + len(piece), piece
