"""What an appraisal holds: known names, every domain, a reason for each judgement."""

# A page is titled after what is wrong, not after what the function does.

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.appraisal import closeness, is_about, overall, tool_names, tool_of
from lupus_evidence.appraisal.tools import NO_INFORMATION
from lupus_evidence.checks.rules import FINE, Finding, Path, Verdict, check
from lupus_evidence.errors import UnknownNameError
from lupus_evidence.vocabulary import CONTROLLED_DESIGNS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lupus_evidence.appraisal import Tool
    from lupus_evidence.records.study import Result, Study
    from lupus_evidence.records.study_parts import Appraisal

_SEE = "see `lupus-evidence explain {}`"


def _judged(study: Study) -> Iterator[tuple[Path, Appraisal, Tool]]:
    """Yield the appraisals by a tool that is known, each with where it stands."""
    for index, item in enumerate(study.appraisal):
        tool = tool_of(item.tool)
        if tool is not None:
            yield ("appraisal", index), item, tool


def _unknown(
    path: Path, kind: str, name: str, known: tuple[str, ...], tool: str
) -> Finding:
    """Say that there is no such name, with the nearest that there is."""
    return Finding(path, str(UnknownNameError(kind, name, known)), _SEE.format(tool))


@check("E409", "study")
def unknown_tool(study: Study) -> Verdict:
    """An appraisal by a tool that is not known here.

    What it checks
    --------------
    The `tool` of each appraisal is one of those that `lupus-evidence explain tools`
    lists.

    Why it matters
    --------------
    Without the tool nobody knows what was asked, and the appraisal counts for nothing.

    Example
    -------
        appraisal:
          - {tool: rob-2, by: the keepers of these records}

    Source
    ------
    Follows from what `tool` means.
    """
    if not study.appraisal:
        return None
    return [
        _unknown(("appraisal", index, "tool"), "tool", item.tool, tool_names(), "tools")
        for index, item in enumerate(study.appraisal)
        if item.tool not in tool_names()
    ]


@check("E410", "study")
def unknown_domain(study: Study) -> Verdict:
    """A domain that the tool does not have.

    What it checks
    --------------
    Each name under `domains` or `unprinted` is a domain of the appraisal's tool.

    Why it matters
    --------------
    An answer to a question that was not asked takes no part in the judgement.

    Example
    -------
        appraisal:
          - tool: rob2
            by: the keepers of these records
            domains:
              randomization: {answer: low, because: a computer drew the lots}

    The domain is called `randomisation`.

    Source
    ------
    The papers of the tools, named in docs/appraisal.md.
    """
    if not study.appraisal:
        return None
    found = []
    for path, item, tool in _judged(study):
        places: list[tuple[Path, str]] = [
            *(((*path, "domains", name), name) for name in item.domains),
            *(
                ((*path, "unprinted", at), name)
                for at, name in enumerate(item.unprinted)
            ),
        ]
        known = tuple(tool.domains)
        found += [
            _unknown(place, f"domain of {tool.label}", name, known, tool.name)
            for place, name in places
            if name not in tool.domains
        ]
    return found


@check("E411", "study")
def unknown_answer(study: Study) -> Verdict:
    """An answer that the tool does not know.

    What it checks
    --------------
    The `answer` of each domain, and of `overall`, is one of the tool's.
    Where nothing is told, `no-information` is an answer in every tool.

    Why it matters
    --------------
    Each answer stands for a level that results are sorted out by; an unknown one
    counts as no information.

    Example
    -------
        appraisal:
          - tool: rob2
            by: the keepers of these records
            domains:
              randomisation: {answer: unclear, because: the method is not told}

    RoB 2 answers `low`, `some-concerns` or `high`.

    Source
    ------
    The papers of the tools, named in docs/appraisal.md.
    """
    if not study.appraisal:
        return None
    found = []
    for path, item, tool in _judged(study):
        kind = f"answer of {tool.label}"
        known = tuple(tool.answers)
        found += [
            _unknown(
                (*path, "domains", name, "answer"), kind, given.answer, known, tool.name
            )
            for name, given in item.domains.items()
            if given.answer not in tool.answers
        ]
        known = tuple(tool.overall_answers)
        if item.overall is not None and item.overall.answer not in known:
            where, answer = (*path, "overall", "answer"), item.overall.answer
            found.append(_unknown(where, f"overall {kind}", answer, known, tool.name))
    return found


@check("E412", "study")
def about_no_result(study: Study) -> Verdict:
    """An appraisal of results that the record does not have.

    What it checks
    --------------
    At least one result of the record has the endpoint, the arm and the scope that
    `about` names.

    Why it matters
    --------------
    An appraisal of nothing changes nothing, and the result that was meant stays
    unjudged.

    Example
    -------
        results:
          - {endpoint: relapse, arm: msc, events: 5, n: 20}
        appraisal:
          - tool: jbi-case-series
            by: the keepers of these records
            about: {endpoint: overall-survival}

    Source
    ------
    Follows from what `about` means.
    """
    if not any(item.about is not None for item in study.appraisal):
        return None
    found = []
    for index, item in enumerate(study.appraisal):
        about = item.about
        if about is None or any(is_about(about, study, one) for one in study.results):
            continue
        named = ", ".join(about.model_dump(exclude_none=True).values()) or "anything"
        message = f"no result is about {named}"
        hint = "name the result that is meant, or leave `about` out"
        found.append(Finding(("appraisal", index, "about"), message, hint))
    return found


@check("E515", "study")
def domain_missing(study: Study) -> Verdict:
    """A domain of the tool without an answer.

    What it checks
    --------------
    Our own appraisal answers every domain of its tool, with `no-information` where
    nothing is told.
    One that a review printed (it has a `source`) gives what was printed and names the
    other domains under `unprinted`.
    The four items of MINORS about control groups are asked only of studies that
    compare groups.

    Why it matters
    --------------
    A domain that was forgotten looks like one without a problem.

    Example
    -------
        appraisal:
          - tool: rob2
            by: the keepers of these records
            domains:
              randomisation: {answer: low, because: a computer drew the lots}

    Four domains are missing.

    Source
    ------
    Cochrane Handbook for Systematic Reviews of Interventions, chapter 7 (considering
    bias), https://training.cochrane.org/handbook
    """
    if not study.appraisal:
        return None
    found: list[Finding] = []
    comparing = study.design in CONTROLLED_DESIGNS
    for path, item, tool in _judged(study):
        asked = tool.asked(comparing=comparing)
        given = {*item.domains, *item.unprinted}
        missing = [name for name in asked if name not in given]
        if missing:
            hint = "answer `no-information` where nothing is told"
            if item.source is not None:
                hint = "name what the review does not print under `unprinted`"
            message = f"{tool.label} also asks about {', '.join(missing)}"
            found.append(Finding((*path, "domains"), message, hint))
        found += _needless(path, item)
    return found


def _needless(path: Path, item: Appraisal) -> Iterator[Finding]:
    """Yield what is called unprinted without being so."""
    if item.source is None and item.unprinted:
        message = "only an appraisal that a review printed can leave domains out"
        yield Finding((*path, "unprinted"), message, "answer them, or add `source`")
        return
    for index, name in enumerate(item.unprinted):
        if name in item.domains:
            message = f"{name} is called unprinted, but it has an answer"
            hint = "remove one of the two"
            yield Finding((*path, "unprinted", index), message, hint)


@check("E516", "study")
def judged_without_reason(study: Study) -> Verdict:
    """A judgement without a reason.

    What it checks
    --------------
    Each answer of our own but `no-information` says why, under `because`.
    Of an appraisal that a review printed only the answer is asked for: few reviews
    print reasons.

    Why it matters
    --------------
    A judgement whose reason is not told cannot be held against the paper.

    Example
    -------
        domains:
          consecutive: {answer: "no"}

    Add `because`, and `where` in the source it says so.

    Source
    ------
    Cochrane Handbook for Systematic Reviews of Interventions, chapter 7 (considering
    bias): judgements come with the support for them,
    https://training.cochrane.org/handbook
    """
    if not study.appraisal:
        return None
    return [
        Finding(
            (*path, "domains", name),
            f"{name} is judged {given.answer}, but it does not say why",
            "add `because`",
        )
        for path, item, _ in _judged(study)
        if item.source is None
        for name, given in item.domains.items()
        if given.because is None and given.answer != NO_INFORMATION
    ]


@check("E517", "study")
def departs_from_the_rule(study: Study) -> Verdict:
    """An overall judgement that the tool's rule does not give.

    What it checks
    --------------
    The answer under `overall` is the one that the tool's rule makes of the domains, or
    says why not under `because`.
    Where a review does not print every domain, the rule is not held against it.

    Why it matters
    --------------
    Departing from the rule is allowed, and is a judgement of its own.

    Example
    -------
        appraisal:
          - tool: rob2
            domains:
              randomisation: {answer: high, because: by the day of the week}
              # ... the others low
            overall: {answer: low}

    One domain at high risk makes the whole high.

    Source
    ------
    The rule of each tool, with its source, in docs/appraisal.md.
    """
    if not any(item.overall is not None for item in study.appraisal):
        return None
    found = []
    comparing = study.design in CONTROLLED_DESIGNS
    for path, item, tool in _judged(study):
        given = item.overall
        if given is None or given.because or given.answer not in tool.overall_answers:
            continue
        if not item.domains.keys() >= {*tool.asked(comparing=comparing)}:
            continue
        answers = {name: one.answer for name, one in item.domains.items()}
        by_rule = overall(tool, answers)
        if by_rule != given.answer:
            message = f"{given.answer} overall, but the rule of {tool.label} gives"
            hint = f"make it {by_rule}, or say why not under `because`"
            place = (*path, "overall", "answer")
            found.append(Finding(place, f"{message} {by_rule}", hint))
    return found


@check("E518", "study")
def judged_twice(study: Study) -> Verdict:
    """Two appraisals of our own for the same result.

    What it checks
    --------------
    No result has two appraisals of our own that say equally closely what they are
    about.
    One about the whole study and one about an endpoint may stand side by side: the
    closer one counts.
    Those that reviews printed may be many.

    Why it matters
    --------------
    Two judgements of one result contradict each other sooner or later.

    Example
    -------
        appraisal:
          - {tool: jbi-case-series, by: the keepers of these records}
          - {tool: minors, by: the keepers of these records}

    Source
    ------
    The convention of this evidence base.
    """
    own = [
        (index, item)
        for index, item in enumerate(study.appraisal)
        if item.source is None
    ]
    if not own:
        return None
    twice: dict[int, int] = {}
    everything: tuple[Result | None, ...] = study.results or (None,)
    for result in everything:
        first: dict[int, int] = {}
        for index, item in own:
            if result is None or is_about(item.about, study, result):
                earlier = first.setdefault(closeness(item.about), index)
                if earlier != index:
                    twice.setdefault(index, earlier)
    return [
        Finding(
            ("appraisal", index),
            f"judges what the appraisal number {earlier + 1} also judges",
            "keep one, or say under `about` what each is about",
        )
        for index, earlier in sorted(twice.items())
    ]


@check("W519", "study")
def tool_for_other_designs(study: Study) -> Verdict:
    """A tool that was made for other designs.

    What it checks
    --------------
    The study's design is one that the appraisal's tool was made for.
    Of reviews that used another tool, acknowledge the code with who did so.

    Why it matters
    --------------
    A tool for randomised trials asks a study of one group what it cannot answer, and
    does not ask what matters there.

    Example
    -------
        design: case-series
        appraisal:
          - {tool: rob2, by: the keepers of these records}

    Source
    ------
    The papers of the tools, named in docs/appraisal.md.
    """
    if not study.appraisal:
        return None
    found = []
    for path, _, tool in _judged(study):
        if study.design not in tool.designs:
            message = f"{tool.label} was not made for a {study.design}"
            hint = f"it is for: {', '.join(tool.designs)}"
            found.append(Finding((*path, "tool"), message, hint))
    return found or FINE
