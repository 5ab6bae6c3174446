"""One sentence as the reader sees it: what it mentions, links and follows on."""

from __future__ import annotations

from invented import study_text

from lupus_evidence.reading.cited_studies import StudyIndex
from lupus_evidence.reading.claims_read import Spot
from lupus_evidence.reading.mentions import Mentions
from lupus_evidence.reading.page_context import Told
from lupus_evidence.reading.sentence_claims import claims_made
from lupus_evidence.reading.sentence_context import Sentence
from lupus_evidence.reading.sentence_links import linked
from lupus_evidence.records.load import load

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


#: Two reports of Doe's from Oakham, one of Roe's from Elmton.
MADE = (
    {"id": "doe-2014", "year": 2014, "n": 120, "events": 30, "centre": "Oakham Clinic"},
    {"id": "doe-2016", "year": 2016, "n": 25, "events": 5, "centre": "Oakham Clinic"},
    {
        "id": "roe-2021",
        "year": 2021,
        "n": 70,
        "events": 35,
        "centre": "Elmton Hospital",
        "therapy": "uc-msc",
    },
)


def index_in(folder):
    """Return the index of the invented records, written into a folder."""
    for values in MADE:
        text = study_text(**values)
        if values["id"] == "roe-2021":
            text = text.replace("[Doe J]", "[Roe K]")
        (folder / f"{values['id']}.yaml").write_text(text, encoding="utf-8")
    base = load(folder)
    assert len(base.files) == len(MADE), base.diagnostics
    return StudyIndex.of(base)


def told(where="sentence", **values):
    """Return what a page has said, all of it in one kind of place."""
    return Told(**values, since=dict.fromkeys(values, where))


def made(text, before=None, studies=NO_STUDIES):
    """Return the claims of a sentence, and what is said of other figures."""
    return claims_made(sentence(text, before, index=studies), studies)
