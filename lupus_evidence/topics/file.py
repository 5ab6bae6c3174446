"""What a topic's file may say, the topic that it says, and what cannot be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from lupus_evidence.records.field_types import FIELD_NAME, Identifier, Months
from lupus_evidence.records.field_types import Text as RecordText
from lupus_evidence.vocabulary import (
    COLOURS,
    Condition,
    Endpoint,
    Family,
    Group,
    Look,
    ScopeRow,
    Score,
    Therapy,
    Topic,
    stretches,
)
from lupus_evidence.vocabulary.topic import filled

#: The name by which a topic says that it goes on from the bundled one.
BUNDLED = "lupus"

FieldName = Annotated[str, Field(pattern=FIELD_NAME, min_length=2, max_length=60)]


def _printable(text: str) -> str:
    """Refuse what no page can show: control characters, and more than one line."""
    if not text.isprintable():
        raise ValueError("should be one line of printable characters")
    return text


Text = Annotated[RecordText, AfterValidator(_printable)]


Words = Annotated[
    tuple[Text, ...], AfterValidator(lambda words: tuple(map(str.lower, words)))
]

#: What a phrase may be made of: no sign that repeats, so that none takes for ever.
_PHRASE = re.compile(r"[a-z0-9 '()|?&/.-]{2,200}")
#: Alternatives within one another multiply.
_MOST_GROUPS = 10


def _phrases(phrases: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse phrases that are no regular expression, or one that may never end."""
    for phrase in phrases:
        if not _PHRASE.fullmatch(phrase) or phrase.count("(") > _MOST_GROUPS:
            raise ValueError(
                f"the phrase {phrase!r} should have small letters, digits, spaces and "
                f"( ) | ? only, and at most {_MOST_GROUPS} brackets"
            )
        try:
            re.compile(phrase)
        except re.error as error:
            raise ValueError(f"the phrase {phrase!r} cannot be read: {error}") from None
    return phrases


Phrases = Annotated[tuple[Text, ...], AfterValidator(_phrases)]


class _Entry(BaseModel):
    """The habits of a topic's parts: frozen, and nothing extra."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", defer_build=True, str_strip_whitespace=True
    )


class ConditionEntry(_Entry):
    """What people have."""

    name: Text
    """Its name within a sentence."""
    field: FieldName
    """What records call the people who have it, in their population and arms."""
    scope: Identifier | None = None
    """The scope that is the whole of it; the field's name where it is not given."""
    also: Words = ()
    """Other words for it in articles, in small letters."""


class TherapyEntry(_Entry):
    """A treatment."""

    label: Text
    """Its name on the screen."""
    wider: Identifier | None = None
    """The therapy that includes it."""
    short: Text | None = None
    """A name for a reader who knows none of the field's."""
    plainly: Text | None = None
    """What is done, in a sentence or two."""
    also: Words = ()
    """Other words for it, in small letters."""
    loosely: Words = ()
    """Words that are said of it and of other therapies too."""
    colour: Annotated[int, Field(ge=0, lt=COLOURS)] = COLOURS - 1
    """Number of its colour in pictures."""
    usual: bool = False
    """Whether many studies have it, so that it tells none from another."""
    cells: bool = False
    """Whether it is given as cells: what an article may mean by "stem cells"."""
    phrases: Phrases = ()
    """What articles call it, beside the words above."""


class OutcomeEntry(_Entry):
    """What a result counts."""

    label: Text
    """Its name on the screen."""
    family: Family
    """The group it is shown in."""
    good: bool | None = None
    """Whether more is better; left out where that depends."""
    verb: Text
    """What people did who had it: "were alive"."""
    lay: Text | None = None
    """A heading for a reader who knows no terms; only main outcomes have one."""
    brief: Text | None = None
    """A few words for it, where the label is long."""
    look: Look = "all"
    """Shown at a first look, with everything, or only on request."""
    clock: bool = True
    """Whether it is a function of the visit."""
    parts: tuple[Identifier, ...] = ()
    """The outcomes that add up to it."""
    opposite: Identifier | None = None
    """The outcome that is true of everybody else."""
    within: tuple[Identifier, ...] = ()
    """Outcomes that whoever has this one has too."""
    told_by: tuple[Identifier, ...] = ()
    """Outcomes that tell of a harm that a reader of a benefit needs to know."""
    serious_from: Annotated[float, Field(gt=0, le=100)] | None = None
    """Percent of people from which on it contradicts "little harm"."""
    also: Words = ()
    """Other words for it, in small letters."""
    loosely: Words = ()
    """Words that are said of it and of other outcomes too."""
    phrases: Phrases = ()
    """What articles call it, beside the words above."""


class ScopeEntry(_Entry):
    """What a remission or a response is judged on, if not the whole condition."""

    meaning: Text
    """One sentence."""
    also: Words = ()
    """Other words for it."""


class GroupEntry(_Entry):
    """Some of the people, counted in a record's population."""

    label: Text
    """Who they are, in a table."""
    about: Text
    """One sentence."""
    brief: Text | None = None
    """Before a number, in one line of a study."""
    heading: Text | None = None
    """On a study's card."""
    scope: Identifier | None = None
    """The scope on which an outcome of theirs is judged."""


class ScoreEntry(_Entry):
    """How active the condition is, measured before treatment."""

    field: FieldName
    """What a record's population calls it."""
    label: Text
    """Its name in a table."""


class TimeEntry(_Entry):
    """Months that count as of the same time."""

    months: Annotated[int, Field(ge=1, le=1200)]
    """The time that names them."""
    start: Annotated[Months, Field(alias="from")]
    """The month that they begin with; they end where the next begin."""


class TopicFile(_Entry):
    """What a base is about: ``_topic.yaml``."""

    extends: Literal["lupus"] | None = None
    """The bundled topic, whose parts this one has unless it says otherwise."""
    title: Text
    """A few words that head every page."""
    about: Text
    """What the base holds, in one sentence without its stop."""
    condition: ConditionEntry
    """What people have."""
    therapies: Annotated[dict[Identifier, TherapyEntry], Field(min_length=1)]
    """The treatments, in the order in which they are shown."""
    outcomes: Annotated[dict[Identifier, OutcomeEntry], Field(min_length=1)]
    """What is counted, in the order in which it is shown, the main outcomes first."""
    compare: Annotated[tuple[Identifier, ...], Field(min_length=1, max_length=COLOURS)]
    """The therapies set side by side unless told."""
    controls: tuple[Identifier, ...] = ()
    """Therapies that others are compared with in trials, the weakest first."""
    main_harms: tuple[Identifier, ...] = ()
    """Harms shown with any benefit that is asked for by name."""
    scopes: dict[Identifier, ScopeEntry] = {}
    """Organs that a remission or response may be judged on alone."""
    groups: dict[FieldName, GroupEntry] = {}
    """People counted beside the condition, in a record's population."""
    score: ScoreEntry | None = None
    """How active the condition is."""
    times: Annotated[tuple[TimeEntry, ...], Field(min_length=1, max_length=50)]
    """Stretches of time, the shortest first."""
    measures: dict[Identifier, Text] = {}
    """What is measured and not counted, each in words."""
    words: dict[Identifier, Text] = {}
    """Terms of the topic alone, each with its meaning, for `explain`."""

    @property
    def whole(self) -> str:
        """The scope that is the whole condition."""
        return self.condition.scope or self.condition.field.replace("_", "-")

    def topic(self, *, is_named: bool = True) -> Topic:
        """Return the topic with its own words filled in.

        Parameters
        ----------
        is_named : bool
            Whether a base said so.
        """
        condition = Condition(**self.condition.model_dump(exclude={"scope"}))
        whole = ScopeRow(self.whole, "the disease as a whole.", _whole_words(condition))

        def words(text: Any) -> Any:  # noqa: ANN401 - text, or a value that is none
            return filled(text, condition) if isinstance(text, str) else text

        def rows(kind: Any, entries: Mapping[str, _Entry]) -> Any:  # noqa: ANN401
            return {
                name: kind(name, **{k: words(v) for k, v in _given(entry).items()})
                for name, entry in entries.items()
            }

        return Topic(
            words(self.title),
            words(self.about),
            condition,
            rows(Therapy, self.therapies),
            rows(Endpoint, self.outcomes),
            {whole.name: whole, **rows(ScopeRow, self.scopes)},
            {name: words(label) for name, label in self.measures.items()},
            stretches([(item.months, item.start) for item in self.times]),
            self.compare,
            self.controls,
            self.main_harms,
            rows(Group, self.groups),
            Score(**self.score.model_dump()) if self.score else None,
            {name: words(text) for name, text in self.words.items()},
            {
                "therapies": {n: row.phrases for n, row in self.therapies.items()},
                "outcomes": {n: row.phrases for n, row in self.outcomes.items()},
            },
            is_named=is_named,
        )


def _given(entry: _Entry) -> dict[str, Any]:
    """Return the fields of an entry that a row of the vocabulary takes."""
    values = {name: getattr(entry, name) for name in type(entry).model_fields}
    values.pop("phrases", None)
    if values.get("serious_from") is not None:
        values["serious_from"] /= 100
    optional = {"wider", "opposite", "good", "serious_from", "scope"}
    return {k: v for k, v in values.items() if v is not None or k in optional}


def _whole_words(condition: Condition) -> tuple[str, ...]:
    """Return the words for the whole condition, as a scope."""
    return (*condition.also, condition.name.lower(), "systemic", "whole disease")


#: How many outcomes add up to a total.
_HALVES = 2


def contradictions(file: TopicFile) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield where a topic names what it has not, or what cannot be, and why."""
    yield from _unknown(file)
    yield from _circles(file)
    yield from _times(file)
    for index, name in enumerate(file.compare):
        if name in file.compare[:index]:
            yield ("compare", index), "stands there twice"
    for name in (*file.groups, file.condition.field):
        if name in _TAKEN:
            yield ("groups", name), f"{name} is a field that every record has"
    if file.whole in file.scopes:
        yield ("scopes", file.whole), "is the whole condition's own name"


def _times(file: TopicFile) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield stretches of time out of order, and names that lie outside their own."""
    starts = [item.start for item in file.times]
    for index, (before, after) in enumerate(pairwise(starts), 1):
        if after <= before:
            yield ("times", index, "from"), "begins before the one above it"
    for index, item in enumerate(file.times):
        end = starts[index + 1] if index + 1 < len(starts) else float("inf")
        if not item.start <= item.months < end:
            why = f"{item.months} months are not among those it stands for"
            yield ("times", index, "months"), why


#: Fields that a population has whatever the topic.
_TAKEN_NAMES = """
    planned enrolled analysed female female_percent children age disease_duration
    refractory entry note
    """
_TAKEN = frozenset(_TAKEN_NAMES.split())


def _unknown(file: TopicFile) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield names that stand for nothing in the topic."""
    therapies, outcomes = file.therapies, file.outcomes
    scopes = {*file.scopes, file.whole}
    named: list[tuple[tuple[str | int, ...], str | None, Any, str]] = [
        (("compare", i), name, therapies, "therapy")
        for i, name in enumerate(file.compare)
    ]
    named += (
        (("controls", i), name, therapies, "therapy")
        for i, name in enumerate(file.controls)
    )
    named += (
        (("main_harms", i), name, outcomes, "outcome")
        for i, name in enumerate(file.main_harms)
    )
    named += (
        (("therapies", key, "wider"), row.wider, therapies, "therapy")
        for key, row in therapies.items()
    )
    named += (
        (("groups", key, "scope"), row.scope, scopes, "scope")
        for key, row in file.groups.items()
    )
    for key, row in outcomes.items():
        named.append((("outcomes", key, "opposite"), row.opposite, outcomes, "outcome"))
        named += (
            (("outcomes", key, field, i), name, outcomes, "outcome")
            for field in ("parts", "within", "told_by")
            for i, name in enumerate(getattr(row, field))
        )
    for path, name, known, kind in named:
        if name is not None and name not in known:
            yield path, f"there is no {kind} {name} in this topic"


def _circles(file: TopicFile) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield therapies that would include themselves, and opposites that disagree."""
    for name, row in file.therapies.items():
        seen, wider = {name}, row.wider
        while wider in file.therapies and wider not in seen:
            seen.add(wider)
            wider = file.therapies[wider].wider
        if wider == name:
            yield ("therapies", name, "wider"), "the therapy would include itself"
    for name, outcome in file.outcomes.items():
        if outcome.parts and len(outcome.parts) != _HALVES:
            yield ("outcomes", name, "parts"), "a total has two parts, or none"
        other = file.outcomes.get(outcome.opposite or "")
        if other is not None and other.opposite != name:
            why = f"{outcome.opposite} has another opposite: {other.opposite}"
            yield ("outcomes", name, "opposite"), why
        for field in ("parts", "within"):
            if name in getattr(outcome, field):
                yield ("outcomes", name, field), "an outcome is no part of itself"
