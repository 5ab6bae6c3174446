"""What results, records and their base should say, and how well results are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.checks.rules import FINE, Finding, Verdict, check, document
from lupus_evidence.documents.text import plural
from lupus_evidence.records.field_types import possible_counts
from lupus_evidence.records.study_parts import Citation
from lupus_evidence.vocabulary import NAMED_ENDPOINTS, topic

if TYPE_CHECKING:
    from lupus_evidence.checks.checked_parts import Item
    from lupus_evidence.records.load import EvidenceBase
    from lupus_evidence.records.study import Measurement, Result, Study


#: The families that the tool is asked about first.
_MAIN = ("survival", "remission", "response")


@check("W501", "result")
def percent_without_precision(result: Result, study: Study) -> Verdict:
    """A percentage that nothing says how sure it is.

    What it checks
    --------------
    A percentage comes with `events`, a standard error, a confidence interval, or an
    `n` of which only one whole number gives it.
    A `note` that says what is missing settles it too.

    Why it matters
    --------------
    Without one of these a percentage has no weight: it is shown, but never pooled.

    Example
    -------
        - {endpoint: overall-survival, percent: "91", kind: kaplan-meier}

    Source
    ------
    CONSORT 2010, item 17a: for each outcome the estimate and its precision. doi
    10.1136/bmj.c332
    """
    if result.percent is None:
        return None
    if (
        result.events is not None
        or result.se is not None
        or result.ci is not None
        or result.note is not None
    ):
        return FINE
    if result.kind == "count" and result.n:
        counts = possible_counts(result.percent, result.n)
        if len(counts) < 2:  # noqa: PLR2004 - one count fits; none is E205's matter
            return FINE
    message = f"{result.percent} % without a count, standard error or interval"
    return [Finding(("percent",), message, "add one, or say in a note what is missing")]


@check("W502", "item")
def secondary_reading(item: Item, study: Study) -> Verdict:
    """A main result that was only seen second hand.

    What it checks
    --------------
    Survival, remission and response figures were read in the report itself or in a
    registry, not in a review or a press release.

    Why it matters
    --------------
    Reviews round, mix up denominators and copy each other's slips.
    Such figures can be left out of a comparison (`--sensitivity` shows what that
    changes).

    Example
    -------
        reading: secondary
        results:
          - {endpoint: overall-survival, events: 18, n: 20}

    Acknowledge the code in the study or the result with where the figure was seen.

    Source
    ------
    Cochrane Handbook for Systematic Reviews of Interventions, chapter 5 (collecting
    data), https://training.cochrane.org/handbook
    """
    endpoint = getattr(item, "endpoint", None)
    if endpoint is None or topic().endpoints[endpoint].family not in _MAIN:
        return None
    if (item.reading or study.reading) != "secondary":
        return FINE
    message = f"{endpoint} was only read second hand"
    return [Finding((), message, "look for the report itself")]


@check("W503", "item")
def no_locator(item: Item, study: Study) -> Verdict:
    """A figure without its place in the paper.

    What it checks
    --------------
    Every result and measurement says `where` it stands: abstract, table, page or
    section of a registry entry.

    Why it matters
    --------------
    Every number can be walked back to its source, or it cannot be checked.

    Example
    -------
        - {endpoint: relapse, events: 5, n: 20}

    Add `where: Abstract` or `where: Table 2`.

    Source
    ------
    The convention of this evidence base.
    """
    if item.where is not None:
        return FINE
    return [Finding((), "does not say where in the source it stands", "add `where`")]


@check("W504", "result")
def result_without_number(result: Result, study: Study) -> Verdict:
    """A result without any number.

    What it checks
    --------------
    A result has `events` or a `percent`, or a `note` that says what the source says
    in words.

    Why it matters
    --------------
    An empty result looks like evidence, and is none.

    Example
    -------
        - {endpoint: relapse, at: 12, where: Abstract}

    Source
    ------
    The convention of this evidence base.
    """
    if result.events is not None or result.percent is not None:
        return FINE
    if result.note is not None or result.printed is not None:
        return FINE
    return [Finding((), f"{result.endpoint} has no number", "add one, or a note")]


@check("E505", "result")
def name_missing(result: Result, study: Study) -> Verdict:
    """An outcome without a name, or with two.

    What it checks
    --------------
    A result whose endpoint is `other` or `other-harm` has a `name`, and no other has
    one.

    Why it matters
    --------------
    "Another harm in 3 of 20" says nothing; a name beside a known endpoint says that
    the endpoint is not the right one.

    Example
    -------
        - {endpoint: other-harm, events: 3, n: 20}

    Source
    ------
    The convention of this evidence base.
    """
    needed = result.endpoint in NAMED_ENDPOINTS
    if needed == (result.name is not None):
        return FINE
    if needed:
        return [Finding(("endpoint",), f"{result.endpoint} of what?", "add `name`")]
    message = f"{result.endpoint} has a name of its own: {result.name}"
    hint = "use `subgroup`, `definition` or the endpoint `other`"
    return [Finding(("name",), message, hint)]


@check("E512", "measurement")
def measure_name_missing(item: Measurement, study: Study) -> Verdict:
    """A measurement without a name, or with two.

    What it checks
    --------------
    A measurement whose measure is `other` has a `name`, and no other has one.

    Why it matters
    --------------
    "Another measurement fell" says nothing.

    Example
    -------
        - {measure: other, direction: falls}

    Source
    ------
    The convention of this evidence base.
    """
    needed = item.measure == "other"
    if needed == (item.name is not None):
        return FINE
    if needed:
        return [Finding(("measure",), "another measurement of what?", "add `name`")]
    message = f"{item.measure} has a name of its own: {item.name}"
    return [
        Finding(("name",), message, "use `subgroup`, `note` or the measure `other`")
    ]


@check("W510", "result")
def half_a_figure(result: Result, study: Study) -> Verdict:
    """Half of a figure.

    What it checks
    --------------
    Events have a denominator, a denominator has events or a percentage, and a
    standard error or interval has a percentage or events.
    A `note` that says why the other half is missing settles it.

    Why it matters
    --------------
    Three deaths of an unknown number of people are no rate.

    Example
    -------
        - {endpoint: death, events: 3, where: Abstract}

    Source
    ------
    Cochrane Handbook for Systematic Reviews of Interventions, chapter 6 (choosing
    effect measures), https://training.cochrane.org/handbook
    """
    if result.note is not None:
        return FINE
    bare = result.events is None and result.percent is None
    if bare and result.n is not None:
        return [Finding(("n",), f"{result.n:,} people, but how many had it?", _NOTE)]
    if result.events is not None and result.n is None:
        message = f"{result.events:,} people had it, but of how many?"
        return [Finding(("events",), message, _NOTE)]
    for name in ("se", "ci"):
        if bare and getattr(result, name) is not None:
            return [Finding((name,), f"{name} without a percentage", _NOTE)]
    return FINE


_NOTE = "add the other half, or a note that the source does not give it"


#: What a reference is made of: the citation's fields, and the study's title.
_REFERENCE = frozenset({*Citation.model_fields, "title"}) - {"unconfirmed"}


@check("W506", "study")
def registered_with_results(study: Study) -> Verdict:
    """A trial without results that has results.

    What it checks
    --------------
    A study whose status is `registered` or `withdrawn` has neither results nor
    measurements.

    Why it matters
    --------------
    Such studies are shown as unpublished evidence.
    With results, the study is published, if only in the registry.

    Example
    -------
        status: registered
        results:
          - {endpoint: relapse, events: 5, n: 20}

    Source
    ------
    Cochrane Handbook for Systematic Reviews of Interventions, chapter 13 (bias due to
    missing results), https://training.cochrane.org/handbook
    """
    if study.status == "published":
        return None
    parts = (("result", study.results), ("measurement", study.measurements))
    there = [plural(len(items), name) for name, items in parts if items]
    if not there:
        return FINE
    message = f"{study.status}, but with {' and '.join(there)}"
    return [Finding(("status",), message, "make it `published`, or remove them")]


@check("W507", "study")
def published_without_results(study: Study) -> Verdict:
    """A published study without results.

    What it checks
    --------------
    A study whose status is `published` has results or measurements, or notes that say
    why not.

    Why it matters
    --------------
    It looks as if nothing had been found, where nothing was recorded.

    Example
    -------
        status: published
        results: []

    Source
    ------
    The convention of this evidence base.
    """
    if study.status != "published":
        return None
    if study.results or study.measurements or study.notes:
        return FINE
    message = "published, but without results, measurements or a note"
    return [Finding(("status",), message, "add results, or a note that says why not")]


@check("W508", "study")
def not_identified(study: Study) -> Verdict:
    """A study that nobody could find again.

    What it checks
    --------------
    The citation has a DOI, a PubMed number, an address, or journal, volume and pages
    that are confirmed; or the study has a registration number.

    Why it matters
    --------------
    A figure whose source cannot be found cannot be checked.

    Example
    -------
        citation: {authors: [Doe J], year: 2011, unconfirmed: [year]}

    Source
    ------
    ICMJE Recommendations, references, https://www.icmje.org/recommendations/
    """
    citation = study.citation
    if study.registrations or any(
        (citation.doi, citation.pmid, citation.pmcid, citation.url)
    ):
        return FINE
    located = {"journal", "volume", "pages"}
    if located.isdisjoint(citation.unconfirmed) and all(
        getattr(citation, name) for name in located
    ):
        return FINE
    message = "no DOI, PubMed number, address, registration, or confirmed pages"
    return [Finding(("citation",), message, "add whichever can be found")]


@check("W511", "study")
def unconfirmed_is_no_field(study: Study) -> Verdict:
    """An unconfirmed field that the citation does not have.

    What it checks
    --------------
    Each name under `unconfirmed` is `title`, or a field of the citation that holds a
    value.

    Why it matters
    --------------
    It tells the reader which parts of the reference to doubt.

    Example
    -------
        citation: {authors: [Doe J], unconfirmed: [journal]}

    There is no journal to doubt.

    Source
    ------
    The convention of this evidence base.
    """
    citation = study.citation
    if not citation.unconfirmed:
        return None
    found = []
    for index, name in enumerate(citation.unconfirmed):
        path = ("citation", "unconfirmed", index)
        if name not in _REFERENCE:
            message = f"the citation has no field called {name}"
            found.append(Finding(path, message, "name the field that is meant"))
        elif name != "title" and not getattr(citation, name):
            message = f"{name} is called unconfirmed, but it is empty"
            found.append(Finding(path, message, "remove it from `unconfirmed`"))
    return found


document(
    "E115",
    """
    A topic that does not fit together.

    What it checks
    --------------
    In `_topic.yaml`, every therapy, outcome and scope that is named is there; no
    therapy includes itself; an outcome and its opposite name each other; stretches of
    time follow one another; no field has a name that every record uses.

    Why it matters
    --------------
    Every list, figure and page follows the topic: a name that leads nowhere would be
    left out without a word.

    Example
    -------
        compare: [hsct, mcs]

    Source
    ------
    Follows from what a topic is: docs/topics.md.
    """,
)


@check("W521", "base")
def topic_not_said(base: EvidenceBase) -> Verdict:
    """The base does not say what it is about.

    What it checks
    --------------
    A folder of records has a `_topic.yaml`, or lies in one that has; the bundled
    topic's own field in a record says that the base is of that topic.

    Why it matters
    --------------
    Without it pages name no condition, and therapies and outcomes are those of the
    bundled topic.

    Example
    -------
        # in _topic.yaml, to take them over on purpose
        extends: lupus
        title: Stem cells for systemic sclerosis
        about: Published rates of stem-cell treatment for systemic sclerosis
        condition: {name: systemic sclerosis, field: sclerosis}

    Source
    ------
    The convention of this evidence base.
    """
    if base.root is None or not base.files:
        return None
    if base.topic.is_named:
        return FINE
    hint = "write one, or start with `lupus-evidence init`: see docs/topics.md"
    message = "no _topic.yaml says what the base is about"
    return [Finding((), message, hint, file=base.files[0])]
