"""A comparison in one of its forms, as a command writes it."""

from lupus_evidence.documents.document import Facts, Paragraph, Sentences, Table
from lupus_evidence.pages.comparison import comparison_answer
from lupus_evidence.pages.comparison_page import SECTIONS, comparison_document
from lupus_evidence.writers.formats import FORMATS
from lupus_evidence.writers.terminal import Look


def written(found, form="table", look=None, explanations=(), **options):
    """The text of a form, with every part of the page unless told otherwise."""
    options.setdefault("sections", SECTIONS)
    options.setdefault("every", True)
    answer = comparison_answer(found, explanations, **options)
    (known,) = (one for one in FORMATS if one.name == form)
    return known.write(answer, look or Look())


def part(found, name, explanations=(), *, beside=(), **options):
    """The blocks of one part of the page."""
    page = comparison_document(
        found, explanations, sections=(name, *beside), answer=False, **options
    )
    return next((s.blocks for s in page.blocks if s.name == name), ())


def items(blocks):
    """The sentences of lists."""
    return [item for one in blocks if isinstance(one, Sentences) for item in one.items]


def notes(blocks):
    """The notes below."""
    return [one.text for one in blocks if isinstance(one, Paragraph)]


def tables(blocks):
    """The tables."""
    return [one for one in blocks if isinstance(one, Table)]


def facts(blocks):
    """Labelled facts."""
    return {k: v for one in blocks if isinstance(one, Facts) for k, v in one.pairs}
