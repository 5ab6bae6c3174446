"""What one sentence mentions: everything that its claims are put together from."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from lupus_evidence.reading.figures import Figure, figures, without_other_numbers
from lupus_evidence.reading.lexicon import (
    Mention,
    is_of_topic,
    lower,
    vocabulary,
    whole_words,
    without_overlaps,
    word_lists,
)
from lupus_evidence.reading.patterns import pattern, whole
from lupus_evidence.reading.times import When, times
from lupus_evidence.vocabulary import NAMED_ENDPOINTS, topic


@dataclass(frozen=True)
class Group:
    """People that a sentence counts: "87 patients", "n = 12".

    Parameters
    ----------
    start, end : int
        Characters of the sentence, from 0; the end is left out.
    people : int
        How many.
    part : bool
        Whether they are some of the people treated: "of the 18 whose kidneys".
    """

    start: int
    end: int
    people: int
    part: bool = False


class Mentions:
    """What a sentence mentions, each kind looked for once and only if asked for.

    Parameters
    ----------
    text : str
        The sentence as printed.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.small = lower(text)

    def _of(self, name: str) -> tuple[Mention, ...]:
        """Return the mentions of a word list."""
        return vocabulary(name).mentions(self.text)

    @cached_property
    def plain(self) -> str:
        """The sentence in small letters, blanks where numbers are no rates."""
        return without_other_numbers(self.text)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Figures that may be rates, and counts of people with an outcome."""
        plain = self.shares
        found = [*plain, *self._counts(plain), *self._nothings(plain)]
        return tuple(self._in_percent(sorted(found, key=lambda item: item.start)))

    def _in_percent(self, found: list[Figure]) -> list[Figure]:
        """Return counts with the percentage that follows them in brackets."""
        kept: list[Figure] = []
        for item in found:
            last = kept[-1] if kept else None
            if last and last.form == "count" and item.form == "percentage":
                between = self.small[last.end : item.start]
                if len(between) < _BESIDE and between.rstrip().endswith("("):
                    kept[-1] = replace(
                        item, start=last.start, end=last.end, events=last.events
                    )
                    continue
            kept.append(item)
        told = {item.events for item in kept if item.form != "count" and item.people}
        return [
            item for item in kept if item.form != "count" or item.events not in told
        ]

    @cached_property
    def shares(self) -> tuple[Figure, ...]:
        """Figures that may be rates, whatever stands beside them."""
        return figures(self.text)

    @cached_property
    def _times(self) -> tuple[When, ...]:
        """Times after treatment, figures among them."""
        return times(self.text)

    @cached_property
    def outcomes(self) -> tuple[Mention, ...]:
        """Outcomes, by the vocabulary's names; one that is denied by its opposite."""
        idioms = [match.span() for match in _IDIOM.finditer(self.small)]
        found = [
            self._without_no(item)
            for item in self._of("outcomes")
            if not any(item.start < end and start < item.end for start, end in idioms)
            and not any(item.overlaps(other) for other in self.among)
        ]
        found = [item for item in found if not self._explains(item, found)]
        named = [*self._split(found), *self._halves(found)]
        return without_overlaps(item for item in named if is_of_topic(item.name))

    def _explains(self, item: Mention, found: list[Mention]) -> bool:
        """Tell whether a word says what a harm is: "CRS, usually just a fever, ..."."""
        return item.name == "adverse-event" and any(
            harm.name in _harms()
            and harm.end <= item.start
            and _WHAT_IT_IS.fullmatch(self.small[harm.end : item.start])
            for harm in found
        )

    def _without_no(self, item: Mention) -> Mention:
        """Return "no relapse", said of everybody, as a relapse in nobody."""
        match = _NO.match(self.small, item.start)
        if item.name != "no-relapse" or match is None:
            return item
        if _JUST_HAD.search(self.small[: item.start]):
            return item
        return Mention(match.end() + 1, item.end, "relapse")

    def _split(self, found: list[Mention]) -> list[Mention]:
        """Return "complete and partial remission" as two, where each has its figure."""
        split = []
        for item in found:
            text = self.small[item.start : item.end]
            match = _BOTH_KINDS.search(text)
            if match is None or len(self.shares) <= 1:
                split.append(item)
                continue
            family = "response" if "respon" in text else "remission"
            for word in ("complete", "partial"):
                start = item.start + text.index(word)
                end = item.end if text.index(word) == match.end() - 7 else start + 8
                split.append(Mention(start, end, _half(word, family)))
        return sorted(split)

    def _halves(self, found: list[Mention]) -> list[Mention]:
        """Return "partial" alone, after "complete remission": what it is of."""
        families = [item.name for item in found if item.name in _WHOLE_NAMES]
        harms = [
            item.name for item in found if item.name in ("infection", "adverse-event")
        ]
        if not families and not harms:
            return []
        family = harms[0] if harms else families[0].partition("-")[2]
        return [
            Mention(item.start, item.end, _half(item.name, family))
            for item in self._of("halves")
            if not any(item.overlaps(other) for other in found)
            and (item.name == "serious") == bool(harms)
            and not re.match(r"\s(?:recover|clear|heal)", self.small[item.end :])
        ]

    @cached_property
    def therapies(self) -> tuple[Mention, ...]:
        """Treatments, and `unspecified` stem cells."""
        return tuple(
            item
            for item in self._of("therapies")
            if not _UNLIKE.search(self.small[: item.start])
        )

    @cached_property
    def measures(self) -> tuple[Mention, ...]:
        """What is measured."""
        return self._of("measures")

    @cached_property
    def changes(self) -> tuple[Mention, ...]:
        """Words for a fall or a rise, for better or worse."""
        return tuple(
            item
            for item in self._of("changes")
            if not self.small[: item.start].endswith((" or ", " and/or "))
        )

    @cached_property
    def statements(self) -> tuple[Mention, ...]:
        """Sweeping words about harms and cure."""
        return self._of("statements")

    @cached_property
    def times(self) -> tuple[When, ...]:
        """Times after treatment."""
        return tuple(
            item
            for item in self._times
            if not any(_shared(item, figure) for figure in self.shares)
        )

    @cached_property
    def possible(self) -> tuple[Mention, ...]:
        """Words of what only may be, or is hoped for or planned."""
        return tuple(
            item
            for item in self._of("possible")
            if not _MONTH_OF_MAY.match(self.text, item.start)
        )

    @cached_property
    def of_animals(self) -> bool:
        """Whether it speaks of animals or of cells in a dish."""
        return bool(self._of("animals"))

    @cached_property
    def of_one_person(self) -> bool:
        """Whether it tells one person's story."""
        return bool(self.one_person)

    @cached_property
    def one_person(self) -> tuple[Mention, ...]:
        """Words for one person: I, she, his."""
        return self._of("one_person")

    @cached_property
    def of_condition(self) -> bool:
        """Whether it names lupus."""
        return bool(self.condition)

    @cached_property
    def other_diseases(self) -> tuple[Mention, ...]:
        """Other diseases that it names."""
        return tuple(
            item
            for item in self._of("other_diseases")
            if not _JOURNAL.search(self.text[max(0, item.start - 30) : item.end + 12])
            and not _COMPARED.search(self.small[: item.start])
        )

    @cached_property
    def several_diseases(self) -> bool:
        """Whether it speaks of a group of diseases."""
        return any(
            not _JOURNAL.search(self.text[max(0, item.start - 30) : item.end + 12])
            for item in self._of("several_diseases")
        )

    @cached_property
    def who(self) -> tuple[Mention, ...]:
        """Children, people whose kidneys are affected."""
        return tuple(
            item
            for item in self._of("who")
            if not _WITHOUT.search(self.small[: item.start])
        )

    @property
    def who_they_are(self) -> bool:
        """Whether all that it counts are children, or have lupus of the kidneys."""
        return any(
            (
                group.end <= item.start
                and _WITH.fullmatch(self.small[group.end : item.start])
            )
            or group.start <= item.start < group.end
            for group in self.groups
            for item in self.who
        )

    @cached_property
    def same_treatment(self) -> bool:
        """Whether it speaks of "the treatment"."""
        return bool(self._of("same_treatment"))

    @cached_property
    def clause_ends(self) -> tuple[Mention, ...]:
        """Words that set one thing against another."""
        return self._of("clause_ends")

    @cached_property
    def among(self) -> tuple[Mention, ...]:
        """Of whom a share is, where not of all."""
        return self._of("among")

    @cached_property
    def another_study(self) -> bool:
        """Whether it begins to speak of a study not spoken of before."""
        return bool(self._of("another_study"))

    @cached_property
    def condition(self) -> tuple[Mention, ...]:
        """Words for lupus."""
        return self._of("condition")

    @cached_property
    def people(self) -> tuple[Mention, ...]:
        """Words for people, several of them or one."""
        return self._of("people")

    @property
    def is_question(self) -> bool:
        """Whether it asks."""
        return self.text.rstrip("\"')\u2019\u201d ").endswith("?")

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """People that it counts, but for those who had an outcome."""
        small = self.plain
        found = []
        for match in _GROUP.finditer(small):
            people = whole(
                match["n"]
                or match["m"]
                or match["k"]
                or match["w"]
                or match["o"]
                or match["h"]
            )
            part = bool(match["w"] or match["m"]) or self._is_by_sex(match)
            part = part or small[: match.start()].count("(") > small[
                : match.start()
            ].count(")")
            spot = Group(*match.span(), people or 0, part=part)
            taken = any(
                _shared(spot, figure) and figure.form != "count"
                for figure in self.figures
            )
            counts = any(
                figure.form == "count" and figure.start == match.start()
                for figure in self.figures
            )
            if (
                people is not None
                and people > 1
                and not taken
                and not counts
                and not _is_year(match)
                and not _NO_GROUP.search(small[: match.start()])
                and "million" not in match[0]
            ):
                found.append(spot)
        return tuple(found)

    def _is_no_count(self, match: re.Match[str], events: int) -> bool:
        """Tell whether a number counts nobody: a year, a day, a grade."""
        before = self.plain[: match.start()]
        if events in _YEARS and match["n"].isdigit():
            return True
        return bool(_NO_COUNT.search(before)) and not before.endswith(_A_YEAR)

    @cached_property
    def treats(self) -> bool:
        """Whether it says that people were treated, enrolled or followed."""
        return bool(self._of("treated"))

    def _is_by_sex(self, match: re.Match[str]) -> bool:
        """Tell whether it counts the men among others, or the women.

        It does where both are named, and in "18 of whom were women".
        """
        counted = set(match[0].split())
        if not counted & _SEXES:
            return False
        named = _SEXES.intersection(re.findall(r"[a-z]+", self.small))
        return len(named) > 1 or bool(counted & _OF_OTHERS)

    def _counts(self, taken: tuple[Figure, ...]) -> list[Figure]:
        """Return how many people had an outcome, where only they are counted."""
        small = self.plain
        found = []
        for match in _COUNT.finditer(small):
            end = match.end("n")
            events = whole(match["n"])
            spot = Figure(match.start(), end, "count", events=events)
            if events == 1 and small[: match.start()].endswith("at least "):
                continue
            if _TOO_EARLY.match(small[match.end() :]):
                continue
            if not events or any(_shared(spot, item) for item in taken):
                continue
            if self._is_no_count(match, events):
                continue
            if any(item.start <= match.start() < item.end for item in self._times):
                continue
            if any(
                _BETWEEN.fullmatch(small[match.end() : item.start])
                and not any(match.end() <= f.start < item.start for f in taken)
                for item in self.outcomes
                if item.start >= match.end() - 1
            ):
                found.append(spot)
        return found

    def _nothings(self, taken: tuple[Figure, ...]) -> list[Figure]:
        """Return where nobody had an outcome: "no deaths", "without a relapse"."""
        found = []
        for match in _NO.finditer(self.small):
            spot = Figure(*match.span(), "none", "0", amount="none")
            if any(_shared(spot, item) for item in taken):
                continue
            follows = any(
                _ADJECTIVES.fullmatch(self.small[match.end() : item.start])
                for item in self.outcomes
                if item.start >= match.end() - 1 and item.name in _harms()
            )
            before = any(
                _HAD.search(self.small[item.end : match.start()]) for item in taken
            )
            if follows and not before:
                found.append(spot)
        return found


#: Between a count and its percentage are at most so many letters.
_BESIDE = 60
_BOTH_KINDS = pattern("mentions.both_kinds")
_WHOLE_NAMES = frozenset(
    {
        "complete-remission",
        "partial-remission",
        "any-remission",
        "major-response",
        "partial-response",
        "any-response",
        "no-response",
    }
)


def _harms() -> frozenset[str]:
    """Return the harms that have a name."""
    rows = topic().endpoints
    named = (name for name in rows if rows[name].family == "harm")
    return frozenset(named) - NAMED_ENDPOINTS


def _half(word: str, family: str) -> str:
    """Return the outcome that "complete" or "partial" names."""
    if word == "partial":
        return f"partial-{family}"
    if word == "serious":
        return "serious-infection" if family == "infection" else "serious-adverse-event"
    return "complete-remission"


#: A disease that another is only set against: "fewer than in MS".
_COMPARED = pattern("mentions.compared")
#: Diseases in the names of journals.
_JOURNAL = pattern("mentions.journal")
_WITH = pattern("mentions.with")
_MONTH_OF_MAY = pattern("mentions.month_of_may")
_IDIOM = pattern("mentions.idiom")
_PEOPLE = whole_words(word_lists()["people"])
_GROUP = pattern("mentions.group")
_NO_GROUP = pattern("mentions.no_group")
_COUNT = pattern("mentions.count")
_NO_COUNT = pattern("mentions.no_count")
_BETWEEN = pattern("mentions.between")
_NO = pattern("mentions.no")
_ADJECTIVES = pattern("mentions.adjectives")
_HAD = pattern("mentions.had")
_JUST_HAD = pattern("mentions.just_had")
_WHAT_IT_IS = pattern("mentions.what_it_is")
_TOO_EARLY = pattern("mentions.too_early")
#: "After a year 13 of them" counts people, "year 13" does not.
_A_YEAR = ("a year ", "one year ", "first year ", "a month ", "one month ", "a week ")
_UNLIKE = pattern("mentions.unlike")
_WITHOUT = pattern("mentions.without")
_OF_OTHERS = frozenset({"of", "were", "are"})
_SEXES = frozenset({"men", "women", "males", "females", "boys", "girls"})
_YEARS = range(1950, 2100)


def _is_year(match: re.Match[str]) -> bool:
    """Tell whether a number of people is rather a year: "in 2018 patients were"."""
    text = match["n"] or match["k"] or match["o"] or match["w"] or ""
    return text.isdigit() and int(text) in _YEARS


def _shared(one: Figure | Group | When, other: Figure) -> bool:
    """Tell whether two spots share a character."""
    return one.start < other.end and other.start < one.end
