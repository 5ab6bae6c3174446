"""What a page leaves open in a sentence and has said before: carried over, and marked."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from lupus_evidence.reading.linking import COMPARATORS
from lupus_evidence.reading.read import UNSPECIFIED
from lupus_evidence.reading.studies import Cues
from lupus_evidence.vocabulary import THERAPIES, therapy_includes

if TYPE_CHECKING:
    from lupus_evidence.reading.mentions import Mentions
    from lupus_evidence.reading.read import Carried


@dataclass(frozen=True)
class Told:
    """What a page has said so far, as far as it still holds.

    Parameters
    ----------
    therapy : str or None
        The treatment, by the vocabulary's name, or `unspecified`.
    disease : {"lupus", "other", "several"} or None
        Whose illness it speaks of.
    who : str or None
        Children, or people whose kidneys are affected.
    people : int or None
        How many were treated.
    months : float or None
        How long they were followed, or when they were looked at.
    follow_up : bool
        Whether `months` is how long they were followed.
    cues : Cues
        By what the study can be known.
    animals : bool
        Whether it speaks of animals.
    since : mapping of str to str
        Where each of these was said: in a sentence, a heading, the title.
    """

    therapy: str | None = None
    disease: str | None = None
    who: str | None = None
    people: int | None = None
    months: float | None = None
    follow_up: bool = False
    cues: Cues = Cues()
    animals: bool = False
    since: dict[str, Carried] = field(default_factory=dict)

    def after(self, mentions: Mentions, cues: Cues, where: Carried) -> Told:
        """Return what has been said once a sentence or heading has been read too.

        Parameters
        ----------
        mentions : Mentions
            What it mentions.
        cues : Cues
            What it says of a study.
        where : {"sentence", "heading", "title"}
            What it is.
        """
        news: dict[str, object] = {}
        if (therapy := therapy_in(mentions, self.therapy)) is not None:
            news["therapy"] = therapy
        if (disease := disease_in(mentions)) is not None:
            news["disease"] = disease
        if mentions.who:
            news["who"] = mentions.who[0].name
        if mentions.groups:
            news["people"] = max(item.people for item in mentions.groups)
        shared = [figure.people for figure in mentions.figures if figure.people]
        if shared and not mentions.groups and self.people is None:
            news["people"] = max(shared)
        follow_ups = [item for item in mentions.times if item.follow_up]
        whens = follow_ups or ([] if mentions.figures else list(mentions.times))
        if len(whens) == 1:
            news["months"] = whens[0].months
            news["follow_up"] = bool(follow_ups)
        elif mentions.figures and not self.follow_up:
            news["months"] = None
        started = mentions.another_study or (cues.authors - self.cues.authors)
        if cues.some:
            news["cues"] = cues if started else self.cues.joined(cues)
        elif started:
            news["cues"] = Cues()
        if started and not mentions.groups:
            news["people"] = None
        news["animals"] = mentions.of_animals or (
            self.animals and not mentions.of_lupus and not mentions.groups
        )
        since = {**self.since, **dict.fromkeys(news, where)}
        return replace(self, **news, since=since)  # type: ignore[arg-type]

    def at_paragraph(self) -> Told:
        """Return what still holds where a new paragraph begins."""
        return replace(self, animals=False)

    def at_heading(self) -> Told:
        """Return what still holds below a new heading: of a title all, else nothing."""
        return replace(
            self, people=None, months=None, cues=Cues(), animals=False, who=self.who
        )


def therapy_in(mentions: Mentions, before: str | None) -> str | None:
    """Return the treatment that a sentence speaks of; None where of none.

    Parameters
    ----------
    mentions : Mentions
        What the sentence mentions.
    before : str or None
        The treatment spoken of before, which "stem cells" or "MSC" may mean.
    """
    names = [m.name for m in mentions.therapies if m.name not in COMPARATORS]
    certain = list(dict.fromkeys(name for name in names if name != UNSPECIFIED))
    if not certain:
        return (before or UNSPECIFIED) if names else None
    narrow = [
        name
        for name in certain
        if not any(name != o and therapy_includes(name, o) for o in certain)
    ]
    return narrower(narrow[-1] if len(narrow) > 1 else narrow[0], before)


def narrower(therapy: str, before: str | None) -> str:
    """Return the treatment that is meant: MSC of the kind that was spoken of before.

    Parameters
    ----------
    therapy : str
        As the sentence names it.
    before : str or None
        The treatment spoken of before.
    """
    if before in THERAPIES and therapy in THERAPIES and before is not None:
        return before if therapy_includes(therapy, before) else therapy
    return therapy


def disease_in(mentions: Mentions) -> str | None:
    """Return whose illness a sentence speaks of; None where it does not say."""
    if mentions.several_diseases:
        return "several"
    if mentions.of_lupus:
        return "lupus"
    return "other" if mentions.other_diseases else None
