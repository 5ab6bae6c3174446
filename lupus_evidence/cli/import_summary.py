"""What an import says at its end: counts first, then what a person has to decide."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from lupus_evidence.cli.output import say
from lupus_evidence.cli.records import say_problems
from lupus_evidence.documents.text import listed, plural, shortened
from lupus_evidence.topics import topic_file
from lupus_evidence.vocabulary import topic

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from lupus_evidence.importing import ImportedRecord
    from lupus_evidence.importing.known_reports import KnownReport
    from lupus_evidence.importing.likeness import Described, Likeness, Near
    from lupus_evidence.importing.plan import Plan, Refreshed
    from lupus_evidence.records.files import Diagnostic

#: Records that are named one by one, and lines of each kind, unless details are asked.
_FEW, _MOST = 5, 10
#: Characters of a title.
_MAX_TITLE = 100
#: What two reports share or differ in, in words.
_WORDS = {
    "doi": "DOI",
    "pmid": "PubMed number",
    "pmcid": "PubMed Central number",
    "registration": "registration",
    "title": "title",
    "name": "name",
    "year": "year",
    "author": "first author",
}


class _Written(NamedTuple):
    """A record that was made."""

    id: str
    notes: tuple[str, ...]
    doubts: tuple[Diagnostic, ...]


class Told:
    """What is told of an import.

    Parameters
    ----------
    plan : Plan
        The file's reports beside those that are known.
    details : bool
        Whether every report is told, however many there are.
    """

    def __init__(self, plan: Plan, *, details: bool) -> None:
        self._plan, self._details = plan, details
        self._written: list[_Written] = []
        self.refreshed: list[tuple[KnownReport, Refreshed]] = []

    def noted(self, record: ImportedRecord) -> ImportedRecord:
        """Remember what is to be said of a record that is made."""
        self._written.append(_Written(record.id, record.notes, record.doubts))
        return record

    def say(
        self, folder: Path | None, *, written: Sequence[KnownReport], held: bool
    ) -> None:
        """Say everything on standard error.

        Parameters
        ----------
        folder : Path or None
            Into which the records were written; None for the screen.
        written : sequence of KnownReport
            Of which records were made.
        held : bool
            Whether look-alikes wait, those aside that were asked for.
        """
        self._say_counts()
        self._say_known()
        self._say_written(folder)
        self._say_refreshed()
        if held:
            self._say_alike(set(written), folder)
        self._say_doubts()

    def _say_counts(self) -> None:
        """Say how many reports are known, new and alike."""
        found, source = self._plan.found, self._plan.source
        again = found.reports - len(found.known) - len(found.new) - len(found.alike)
        counts = [f"{len(found.known):,} known", f"{len(found.new):,} new"]
        if found.alike:
            verb = "looks" if len(found.alike) == 1 else "look"
            counts.append(f"{len(found.alike):,} {verb} alike")
        if again:
            counts.append(f"{again:,} repeated in the file")
        reports = plural(found.reports, "report")
        say(f"{reports} in {source.shown}: {', '.join(counts)}")
        for base in self._plan.bases:
            if self._details:
                left = plural(base.screened, "report")
                records = plural(base.records, "record")
                left += " left out at screening"
                say(f"compared with {base.shown}: {records}, {left}")
            problems = base.problems
            if problems:
                files = plural(len({item.place.file for item in problems}), "file")
                say(f"not compared with {files} in error: see `check`", error=True)
            self._some(problems, lambda item: say_problems([item]))

    def _say_known(self) -> None:
        """Say which of the known ones were left out at screening, and all on demand."""
        known = self._plan.found.known
        reasons = Counter(
            _why_left_out(report) for report in known if report.state != "record"
        )
        if reasons:
            several = sum(reasons.values())
            most = None if self._details else _FEW
            few = [f"{why} ({n:,})" for why, n in reasons.most_common(most)]
            more = len(reasons) - len(few)
            told = "; ".join([*few, *([f"{more:,} reasons more"] if more else [])])
            say(f"of the known, {several:,} left out at screening: {told}")
        if not self._details:
            return
        drafts = self._plan.source.drafts
        for report in known:
            left = "" if report.state == "record" else f", {_why_left_out(report)}"
            how = listed(dict.fromkeys(_WORDS[word] for word in report.how))
            places = listed(f"no. {at + 1}" for at in report.items)
            say(f"  known: {places}, {report.shown}{left} (same {how})")
        for report in self._plan.found.repeated:
            if report.state == "file":
                places = listed(f"no. {at + 1}" for at in report.items)
                say(f"  one report: {places}, {drafts[report.items[0]].name}")

    def _say_written(self, folder: Path | None) -> None:
        """Say which records were made and what is left to do."""
        count = len(self._written)
        if folder is None or not count:
            return
        if count <= _FEW or self._details:
            for record in self._written:
                path = folder / f"{record.id}.yaml"
                say(f"wrote {path}: fill it in, then run `lupus-evidence check {path}`")
        else:
            say(
                f"wrote {count:,} records into {folder}: fill them in; "
                f"`lupus-evidence check {folder}` counts what is blank"
            )
        if topic_file(folder) is None:
            say(
                f"{folder} has no _topic.yaml: blanks are those of the bundled topic, "
                f"{topic().condition.name}; `lupus-evidence init` begins another"
            )

    def _say_refreshed(self) -> None:
        """Say what known records gained, and where they differ from the file."""
        changed = [(one, done) for one, done in self.refreshed if done.is_changed]
        if changed:
            words = (text.split(" ")[0] for _, done in changed for text in done.gained)
            gained = ", ".join(f"{name} {n:,}" for name, n in Counter(words).items())
            told = f", which gained: {gained}" if gained else ""
            say(f"refreshed {plural(len(changed), 'record')}{told}")
        if self._details:
            for report, done in changed:
                for text in done.gained:
                    say(f"  {report.shown}: {text}")
        for report, done in changed:
            for name, before, now in done.changed:
                say(f"{report.shown}: {name} {before!r} is now {now!r}")
        differs = [
            f"{report.shown}: {name} {mine!r}, in the file {theirs!r}"
            for report, done in self.refreshed
            for name, mine, theirs in done.differs
        ]
        if differs:
            one = len(differs) == 1
            verbs = (
                "differs and is left as it is"
                if one
                else ("differ and are left as they are")
            )
            say(f"{plural(len(differs), 'value')} {verbs}:")
            self._some(differs, lambda text: say(f"  {text}"))
        by_hand = [
            f"{report.shown}: {text}"
            for report, done in self.refreshed
            for text in done.by_hand
        ]
        if by_hand:
            say("not put in, see to it by hand:")
            self._some(by_hand, lambda text: say(f"  {text}"))

    def _say_alike(self, written: set[KnownReport], folder: Path | None) -> None:
        """Show the reports that look alike side by side, and say how to decide."""
        waiting = [
            (number, report, near)
            for number, (report, near) in enumerate(self._plan.found.alike, 1)
            if report not in written
        ]
        if not waiting:
            return
        are = (
            "report looks like another and is"
            if len(waiting) == 1
            else ("reports look like others and are")
        )
        say(f"{len(waiting):,} {are} not written; is it the same?")

        def side_by_side(
            number: int, report: KnownReport, near: Near[KnownReport]
        ) -> None:
            other = near.report
            where = other.shown or f"no. {other.items[0] + 1} of the file"
            left = (
                ""
                if other.state in ("record", "file")
                else (f" ({_why_left_out(other)})")
            )
            say(f"{number:>4}  {_titled(report.described)}")
            say(f"      {_titled(other.described)}")
            say(f"      {where}{left}; {_likeness(near.likeness)}")

        self._some(waiting, lambda item: side_by_side(*item))
        table = "_screening.csv" if folder is None else folder / "_screening.csv"
        first = waiting[0][0]
        say(
            f"another report: add --alike {first} (or --alike all); the same: a row in "
            f"{table} (decision exclude) keeps it from being shown again"
        )

    def _say_doubts(self) -> None:
        """Say what was not understood or left out of the records that were made."""
        doubts = [doubt for record in self._written for doubt in record.doubts]
        self._some(doubts, lambda item: say_problems([item]))
        if not self._written:
            return
        first, *others = self._written
        common = [
            note for note in first.notes if all(note in one.notes for one in others)
        ]
        own = [
            (record.id, note)
            for record in self._written
            for note in record.notes
            if note not in common
        ]
        self._some(own, lambda item: say(f"{item[0]}: {item[1]}"))
        for note in common:
            say(note)

    def _some(self, items: Sequence[Any], told: Callable[[Any], None]) -> None:
        """Tell the first of many items, or all of them where details are asked for."""
        shown = items if self._details else items[:_MOST]
        for item in shown:
            told(item)
        if len(shown) < len(items):
            say(f"  and {len(items) - len(shown):,} more: --details tells all")


def _why_left_out(report: KnownReport) -> str:
    """Return why a report was left out at screening."""
    if report.state == "missed":
        return report.reason or "its text could not be had"
    return f"excluded: {report.reason}" if report.reason else "excluded"


def _titled(said: Described) -> str:
    """Return a report as a person would name it."""
    numbers = " ".join(value for _, value in said.own[:1])
    year = "" if said.year is None else f" {said.year}"
    author = f"{said.author}{year}. " if said.author else f"{year.strip()} "
    title = shortened(said.title or "(no title)", _MAX_TITLE)
    return f"{author}{title}{f' {numbers}' if numbers else ''}".strip()


def _likeness(likeness: Likeness) -> str:
    """Return how much two reports look alike, and what tells them apart."""
    letters, differs, shared = likeness
    if shared == "name":
        return "same name, and neither title nor number to tell them apart"
    told = f"{letters} of 100 letters of the title alike"
    if shared:
        told = f"same {_WORDS[shared]}, {told}"
    apart = [_WORDS[word] for word in differs if word != "title"]
    return f"{told}, another {listed(apart)}" if apart else told
