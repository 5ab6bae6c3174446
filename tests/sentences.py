"""One sentence as the reader sees it: what it mentions, links and follows on."""

from __future__ import annotations

from lupus_evidence.reading.cited_studies import StudyIndex
from lupus_evidence.reading.claims_read import Spot
from lupus_evidence.reading.mentions import Mentions
from lupus_evidence.reading.page_context import Told
from lupus_evidence.reading.sentence_context import Sentence
from lupus_evidence.reading.sentence_links import linked

#: No records at all.
NO_STUDIES = StudyIndex(())


def sentence(text, told=None, *, index=NO_STUDIES, known=(), report=None):
    """Return a sentence of a page that has said something before."""
    told = told or Told()
    mentions = Mentions(text)
    people = {group.people for group in mentions.groups if not group.part}
    return Sentence(
        Spot(text, 1, 1, len(text)),
        mentions,
        told,
        index.cues(text, people),
        linked(mentions, told.endpoint),
        frozenset(known),
        report,
    )


def figure_at(mentions, words):
    """Return the figure that begins with these words."""
    start = mentions.small.index(words)
    return next(item for item in mentions.figures if item.start == start)
