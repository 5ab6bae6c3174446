"""What a page said before and a sentence leaves open: carried over, and marked."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from lupus_evidence.reading.cited_studies import Cues
from lupus_evidence.reading.lexicon import OWN_CELLS
from lupus_evidence.reading.nearness import Arms, arms_in
from lupus_evidence.vocabulary import UNSPECIFIED, broadest, therapy_includes, topic

if TYPE_CHECKING:
    from lupus_evidence.reading.claims_read import Carried
    from lupus_evidence.reading.mentions import Mentions


T = TypeVar("T")


@dataclass(frozen=True)
class Settled(Generic[T]):
    """A part of a claim, and where it stands if not in the claim's own sentence.

    Parameters
    ----------
    value : T or None
        The part; None where the page does not say.
    where : str or None
        Where it stands; None for the sentence itself.
    others : tuple of T
        What it may be, where that is not settled.
    """

    value: T | None
    where: Carried | None = None
    others: tuple[T, ...] = ()


@dataclass(frozen=True)
class Told:
    """What a page has said so far, as far as it still holds.

    Parameters
    ----------
    therapy : str or None
        The treatment, by the vocabulary's name, or `unspecified`.
    disease : {"condition", "other", "several"} or None
        Whose illness it speaks of.
    who : str or None
        Children, or people whose kidneys are affected.
    people : int or None
        How many were treated.
    arms : Arms or None
        How many each arm of the trial had, where that was told.
    months : float or None
        How long they were followed, or when they were looked at.
    follow_up : bool
        Whether `months` is how long they were followed.
    mixed : int or None
        How many people with several diseases, lupus among them, were treated.
    cues : Cues
        By what the study can be known.
    animals : bool
        Whether it speaks of animals.
    endpoint : str or None
        The outcome that was spoken of last, in the same paragraph.
    since : mapping of str to str
        Where each of these was said: in a sentence, a heading, the title.
    """

    therapy: str | None = None
    disease: str | None = None
    who: str | None = None
    people: int | None = None
    arms: Arms | None = None
    months: float | None = None
    follow_up: bool = False
    mixed: int | None = None
    cues: Cues = field(default_factory=Cues)
    animals: bool = False
    endpoint: str | None = None
    since: dict[str, Carried] = field(default_factory=dict)

    def after(
        self,
        mentions: Mentions,
        cues: Cues,
        where: Carried,
        endpoint: str | None = None,
    ) -> Told:
        """Return what has been said once a sentence or heading has been read too.

        Parameters
        ----------
        mentions : Mentions
            What it mentions.
        cues : Cues
            What it says of a study.
        where : {"sentence", "heading", "title"}
            What it is.
        endpoint : str, optional
            The outcome of its last figure.
        """
        before = self
        news: dict[str, object] = {}
        known = before if where == "sentence" else Told()
        if (therapy := therapy_in(mentions, known)) is not None:
            news["therapy"] = therapy
        if (disease := disease_in(mentions)) is not None:
            news["disease"] = disease
        if mentions.who and (where != "sentence" or mentions.who_they_are):
            news["who"] = mentions.who[0].name
        elif mentions.another_study and before.since.get("who") == "sentence":
            news["who"] = None
        started = _starts_study(mentions, cues, before)
        counts = {
            "people": _people_in(mentions, before, started=started),
            "arms": arms_in(mentions),
        }
        news |= {
            name: count
            for name, count in counts.items()
            if count is not None or started
        }
        counted = [item.people for item in mentions.groups if not item.part]
        counted += [figure.people for figure in mentions.figures if figure.people]
        if counted and (
            mentions.several_diseases
            or (
                mentions.of_condition
                and mentions.other_diseases
                and where == "sentence"
            )
        ):
            news["mixed"] = counted[0]
        news |= _time_in(mentions, before)
        if cues.some:
            news["cues"] = cues if started else before.cues.joined(cues)
        elif started:
            news["cues"] = Cues()
        if endpoint is not None or mentions.outcomes:
            news["endpoint"] = endpoint
        news["animals"] = mentions.of_animals or (
            before.animals and not mentions.of_condition and not mentions.groups
        )
        since = {**before.since, **dict.fromkeys(news, where)}
        return replace(before, **news, since=since)  # type: ignore[arg-type]

    def settled(self, name: str) -> Settled[Any]:
        """Return one of these, with where it was said."""
        return Settled(getattr(self, name), self.since.get(name))

    def without_study(self) -> Told:
        """Return what holds whatever study is spoken of."""
        who = None if self.since.get("who") == "sentence" else self.who
        return replace(
            self,
            people=None,
            arms=None,
            months=None,
            follow_up=False,
            cues=Cues(),
            who=who,
        )

    def at_paragraph(self) -> Told:
        """Return what still holds where a new paragraph begins."""
        disease = None if self.since.get("disease") == "sentence" else self.disease
        return replace(self, animals=False, disease=disease)

    def at_heading(self) -> Told:
        """Return what still holds below a new heading: of a title all, else nothing."""
        return replace(
            self,
            people=None,
            arms=None,
            months=None,
            cues=Cues(),
            animals=False,
            endpoint=None,
        )

    def at_part_of_report(self, above: Told) -> Told:
        """Return what holds below "Safety": the people and the study are the same.

        Parameters
        ----------
        above : Told
            What holds whatever the sections before it said.
        """
        kept = ("people", "arms", "mixed", "cues")
        since = {name: self.since[name] for name in kept if name in self.since}
        return replace(
            above,
            people=self.people,
            arms=self.arms,
            mixed=self.mixed,
            cues=self.cues,
            since={**above.since, **since},
        )


def _starts_study(mentions: Mentions, cues: Cues, before: Told) -> bool:
    """Tell whether a sentence turns to another study: by name, or by its year."""
    new_year = cues.years - before.cues.years and (cues.authors or mentions.groups)
    new_author = cues.authors - before.cues.authors
    return mentions.another_study or bool(new_author) or bool(new_year)


def _people_in(mentions: Mentions, before: Told, *, started: bool) -> int | None:
    """Return how many people a sentence says were treated; None where it does not."""
    if mentions.groups:
        known = 0 if started else before.people or 0
        whole = [
            item
            for item in mentions.groups
            if not item.part and (item.people >= known or mentions.treats)
        ]
        if whole:
            return max(item.people for item in whole)
        if before.people is None:
            return max(item.people for item in mentions.groups)
        return None if started else before.people
    shared = [figure.people for figure in mentions.figures if figure.people]
    if shared and (before.people is None or started):
        return max(shared)
    return None


#: A time after so few words holds for the sentences that follow: "Five years on, ..."
_LEADING = 2


def _time_in(mentions: Mentions, before: Told) -> dict[str, object]:
    """Return the time that a sentence leaves for those that follow."""
    follow_ups = [item for item in mentions.times if item.follow_up]
    whens = follow_ups or list(mentions.times)
    whens = [item for item in whens if item.word != "at-least"]
    if len({item.months for item in whens}) == 1 and whens[0].months >= 1.0:
        leads = len(mentions.small[: whens[0].start].split()) <= _LEADING
        leads = leads or mentions.small.endswith(":")
        return {"months": whens[0].months, "follow_up": bool(follow_ups) or leads}
    if whens and not before.follow_up:
        return {"months": None, "follow_up": False}
    return {}


def of_other_treatment(mentions: Mentions, told: Told) -> bool:
    """Tell whether a sentence turns to another treatment than was spoken of.

    Parameters
    ----------
    mentions : Mentions
        What the sentence mentions.
    told : Told
        What was said before it.
    """
    own = therapy_in(mentions, Told())
    if own not in topic().therapies or told.therapy not in topic().therapies:
        return False
    return broadest(own) != broadest(told.therapy)


def of_own_cells(before: Told) -> str:
    """Return the treatment that "their own cells" means, after what was said before.

    They are the topic's first cells, unless others were spoken of.
    """
    spoken_of = (
        before.therapy in topic().therapies
        and before.therapy not in topic().comparators
    )
    return before.therapy if spoken_of and before.therapy else topic().cells[0]


def therapy_in(mentions: Mentions, before: Told) -> str | None:
    """Return the treatment that a sentence speaks of; None where of none.

    Parameters
    ----------
    mentions : Mentions
        What the sentence mentions.
    before : Told
        What was said before, which "stem cells" or "MSC" may mean.
    """
    names = [m.name for m in mentions.therapies if m.name not in topic().comparators]
    if set(names) <= {OWN_CELLS, UNSPECIFIED}:
        names = [of_own_cells(before) if name == OWN_CELLS else name for name in names]
    names = [name for name in names if name != OWN_CELLS]
    certain = list(dict.fromkeys(name for name in names if name != UNSPECIFIED))
    if not certain:
        return (before.therapy or UNSPECIFIED) if names else None
    wide = [
        name
        for name in certain
        if sum(name != o and therapy_includes(name, o) for o in certain)
    ]
    if wide and len(certain) > 2:  # noqa: PLR2004 - the wide one and several kinds of it
        return wide[0]
    narrow = [
        name
        for name in certain
        if not any(name != o and therapy_includes(name, o) for o in certain)
    ]
    return narrower(narrow[-1], before, mentions)


def narrows(therapy: str | None, wide: str | None) -> bool:
    """Tell whether a treatment is a kind of another, and not the same.

    Parameters
    ----------
    therapy, wide : str or None
        Treatments by the vocabulary's names; anything else narrows nothing.
    """
    if (
        therapy not in topic().therapies
        or wide not in topic().therapies
        or therapy == wide
    ):
        return False
    return therapy_includes(str(wide), str(therapy))


def narrower(therapy: str, before: Told, mentions: Mentions) -> str:
    """Return the treatment that is meant: MSC of the kind that was spoken of before.

    Parameters
    ----------
    therapy : str
        As the sentence names it.
    before : Told
        What was said before.
    mentions : Mentions
        What the sentence mentions; of another study nothing is known yet.
    """
    if before.therapy not in topic().therapies or therapy not in topic().therapies:
        return therapy
    if mentions.another_study or mentions.groups:
        return therapy
    return before.therapy if therapy_includes(therapy, before.therapy) else therapy


def disease_in(mentions: Mentions) -> str | None:
    """Return whose illness a sentence speaks of; None where it does not say."""
    if mentions.several_diseases:
        return "several"
    if mentions.of_condition:
        return "condition"
    return "other" if mentions.other_diseases else None
