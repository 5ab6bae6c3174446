"""What the appraisals of a study say of one of its results: the one that counts.

Several may stand in a record. Our own goes before one that a review printed, and one
about the result before one about the whole study; of several reviews, a tool made for
the design goes first, then the worst judgement.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.appraisal.tools import NO_INFORMATION, Tool, overall, tool_of
from lupus_evidence.vocabulary import BiasLevel, BiasLimit, Reading, within_bias

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lupus_evidence.appraisal.tools import AnswerWords
    from lupus_evidence.records.study import Result, Study
    from lupus_evidence.records.study_parts import About, Appraisal

_WORST_FIRST: tuple[BiasLevel, ...] = ("high", "unknown", "some", "low")


@dataclass(frozen=True)
class Score:
    """The sum of a tool that adds its answers up.

    Parameters
    ----------
    points, most : int
        What was given, and what could be.
    open : int
        Domains without an answer that counts.
    """

    points: int
    most: int
    open: int = 0


@dataclass(frozen=True)
class Judgement:
    """The appraisal that counts, and its overall answer.

    Parameters
    ----------
    tool : Tool
        By which it was judged.
    appraisal : Appraisal
        As recorded.
    index : int
        Which of the record's appraisals, from 0.
    answer : str
        Overall, as the tool calls it.
    by_rule : bool
        Whether the answer was worked out, because none is recorded.
    """

    tool: Tool
    appraisal: Appraisal
    index: int
    answer: str
    by_rule: bool

    @property
    def words(self) -> AnswerWords:
        """The overall answer with its level, word and symbol."""
        return self.tool.overall_answers[self.answer]

    @property
    def level(self) -> BiasLevel:
        """The common level of the overall answer."""
        return self.words.level

    @property
    def own(self) -> bool:
        """Whether the keepers of the records judged, and no published review."""
        return self.appraisal.source is None

    def read(self, reading: Reading) -> Reading | None:
        """Return from what it was judged; None where a review does not say.

        Parameters
        ----------
        reading : str
            How the record was read, from which our own was judged unless it says.
        """
        return self.appraisal.read or (reading if self.own else None)

    @property
    def score(self) -> Score | None:
        """The sum of the answers, in a tool that has one."""
        if not self.tool.scored:
            return None
        known = [item.words.score for item in lights(self)[:-1]]
        points = [item for item in known if item is not None]
        most = max(item.score or 0 for item in self.tool.answers.values())
        return Score(sum(points), most * len(known), len(known) - len(points))


@dataclass(frozen=True)
class Light:
    """One domain of a judgement, or all together, as it is drawn.

    Parameters
    ----------
    domain : str
        The domain's name; empty for the overall answer.
    answer : str
        As the tool names it.
    words : AnswerWords
        Its level, its symbol and its word.
    """

    domain: str
    answer: str
    words: AnswerWords

    @property
    def level(self) -> BiasLevel:
        """The common level, for a colour."""
        return self.words.level

    @property
    def symbol(self) -> str:
        """One character, for whoever sees no colour."""
        return self.words.drawn

    @property
    def word(self) -> str:
        """The answer in words."""
        return self.words.word


def lights(item: Judgement) -> tuple[Light, ...]:
    """Return the row of a traffic-light plot: each domain, and the overall answer last.

    Parameters
    ----------
    item : Judgement
        Of a study or a result. Domains asked only of comparisons are in it where they
        were answered; any other one without an answer has no information.
    """
    answered = item.appraisal.domains
    found = []
    for name, domain in item.tool.domains.items():
        given = answered[name].answer if name in answered else NO_INFORMATION
        if name not in answered and domain.comparative:
            continue
        answer = given if given in item.tool.answers else NO_INFORMATION
        found.append(Light(name, answer, item.tool.answers[answer]))
    return (*found, Light("", item.answer, item.words))


def is_about(about: About | None, study: Study, result: Result) -> bool:
    """Tell whether an appraisal is about a result.

    Parameters
    ----------
    about : About or None
        As recorded; None for the whole study.
    study : Study
        The record.
    result : Result
        One of its results.
    """
    if about is None:
        return True
    arm = result.arm
    if arm is None and len(study.arms) == 1:
        arm = next(iter(study.arms))
    return (
        (about.endpoint is None or about.endpoint == result.endpoint)
        and (about.arm is None or about.arm == arm)
        and (about.scope is None or about.scope == result.scope)
    )


def judgements(study: Study) -> tuple[Judgement, ...]:
    """Return every appraisal of a record by a tool that is known, in its order.

    Parameters
    ----------
    study : Study
        The record.
    """
    return tuple(_judgements(study))


def _judgements(study: Study) -> Iterator[Judgement]:
    """Yield each appraisal with its overall answer."""
    for index, item in enumerate(study.appraisal):
        tool = tool_of(item.tool)
        if tool is None:
            continue
        given = item.overall.answer if item.overall is not None else None
        known = given if given in tool.overall_answers else None
        answers = {name: domain.answer for name, domain in item.domains.items()}
        answer = known or overall(tool, answers)
        yield Judgement(tool, item, index, answer, by_rule=known is None)


def rows_of(study: Study, tool: str) -> tuple[Judgement, ...]:
    """Return the appraisals by one tool that count, one for whatever each is about.

    Parameters
    ----------
    study : Study
        The record.
    tool : str
        The tool's name.
    """
    found: dict[About | None, list[Judgement]] = {}
    for item in _judgements(study):
        if item.tool.name == tool:
            about = item.appraisal.about
            found.setdefault(about if closeness(about) else None, []).append(item)
    return tuple(
        min(several, key=lambda item: _weight(item, study))
        for several in found.values()
    )


def judgement(study: Study, result: Result | None = None) -> Judgement | None:
    """Return the appraisal that counts for a result; None if nobody judged it.

    Parameters
    ----------
    study : Study
        The record.
    result : Result, optional
        One of its results; without one, only appraisals of the whole study count.
    """
    fit = [
        item
        for item in _judgements(study)
        if (
            item.appraisal.about is None
            if result is None
            else is_about(item.appraisal.about, study, result)
        )
    ]
    return min(fit, key=lambda item: _weight(item, study), default=None)


def closeness(about: About | None) -> int:
    """Return how closely an appraisal says which results it is about, from 0.

    Parameters
    ----------
    about : About or None
        As recorded; None for the whole study.
    """
    return len(about.model_dump(exclude_none=True)) if about is not None else 0


def _weight(item: Judgement, study: Study) -> tuple[int | bool, ...]:
    """Sort what counts most first."""
    return (
        not item.own,
        -closeness(item.appraisal.about),
        study.design not in item.tool.designs,
        _WORST_FIRST.index(item.level),
        item.index,
    )


def judged_level(study: Study, result: Result) -> BiasLevel | None:
    """Return the common level of a result; None if nobody judged it.

    Parameters
    ----------
    study : Study
        The record.
    result : Result
        One of its results.
    """
    found = judgement(study, result) if study.appraisal else None
    return None if found is None else found.level


def keeps_to(study: Study, limit: BiasLimit) -> bool:
    """Tell whether a result of a study, or a study without results, keeps to a limit.

    Parameters
    ----------
    study : Study
        The record.
    limit : str
        The worst that is accepted.
    """
    if study.results:
        return any(accepted(judged_level(study, one), limit) for one in study.results)
    found = judgement(study)
    return found is not None and accepted(found.level, limit)


def accepted(level: BiasLevel | None, limit: BiasLimit) -> bool:
    """Tell whether a level keeps to a limit; what nobody judged does not.

    Parameters
    ----------
    level : str or None
        Of a result.
    limit : str
        The worst that is accepted.
    """
    return level is not None and within_bias(level, limit)
