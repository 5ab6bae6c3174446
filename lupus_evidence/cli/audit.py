"""Command that checks what an article says: audit."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from lupus_evidence.cli import completing
from lupus_evidence.cli import options as opt
from lupus_evidence.cli.delivery import Destination, delivers
from lupus_evidence.cli.output import say, write_file
from lupus_evidence.cli.records import (
    finish,
    load_records,
    say_problems,
    say_what_fails,
)
from lupus_evidence.cli.usage_errors import WrongUseError
from lupus_evidence.records.load import studies_here

if TYPE_CHECKING:
    from lupus_evidence.audit import Audit, ClaimsBase


def known_verdicts(words: list[str] | None) -> tuple[str, ...]:
    """Return the verdicts that words stand for: as defined or in brief."""
    from lupus_evidence.audit.verdicts import VERDICT_KINDS, VERDICTS
    from lupus_evidence.vocabulary.resolving import Lexicon, folded

    brief = {folded(kind.brief): (word,) for word, kind in VERDICT_KINDS.items()}
    return Lexicon("verdict", VERDICTS, brief).resolve_all(words or ())


#: A claim's number, or from which to which.
_NUMBERS = re.compile(r"(\d{1,4})(?:-(\d{1,4}))?")


def numbers_among(given: list[str]) -> tuple[frozenset[int], list[str]]:
    """Return the numbers of claims among what was typed, and the rest.

    Parameters
    ----------
    given : list of str
        "10" and "3-5" are numbers; a file of such a name can be typed as ./10.
    """
    numbers: set[int] = set()
    rest = []
    for text in given:
        match = _NUMBERS.fullmatch(text)
        if match is None:
            rest.append(text)
        else:
            first, last = match[1], match[2] or match[1]
            numbers.update(range(int(first), int(last) + 1))
            if int(first) > int(last):
                raise WrongUseError(f"{text} runs backwards: type {last}-{first}")
    return frozenset(numbers), rest


def known_numbers(numbers: frozenset[int], found: Audit) -> None:
    """Make sure that each number is a claim of some article.

    Raises
    ------
    WrongUseError
        If one is not.
    """
    known = {claim.number for article in found.articles for claim in article.claims}
    unknown = sorted(numbers - known)
    if unknown and known:
        raise WrongUseError(
            f"there is no claim {unknown[0]}; the claims are 1 to {max(known)}"
        )


def save(loaded: ClaimsBase, path: Path, *, force: bool) -> None:
    """Write the claims that were read from the one article into a file.

    Raises
    ------
    WrongUseError
        If no article was read, several were, or the one makes no claim.
    """
    from lupus_evidence.reading.claims_read import claims_text

    read = [item for item in loaded.files if item.page is not None]
    if len(read) != 1:
        raise WrongUseError(
            f"--save-claims writes the claims of one article; here are {len(read)}"
        )
    if not read[0].content.claims:
        raise WrongUseError(f"{read[0].file} makes no claim that could be saved")
    write_file(path, claims_text(read[0].content), force=force)
    say(f"wrote {path}")


@delivers("pages", "tables", "data")
def audit(
    *,
    articles: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ARTICLE|CLAIMS|NUMBER]",
            help="Articles (.html, .pdf, .docx, .txt, .md), claims files (.yaml) or "
            "folders of them, - for standard input; the bundled article by default, "
            "with records of your own those in a folder claims beside them. Numbers of "
            "claims to see in full, such as 3 or 10-12.",
        ),
    ] = None,
    claim: Annotated[
        list[str] | None,
        typer.Option(
            "--claim",
            metavar="SENTENCE",
            help="One sentence to check, in quotes; may be repeated.",
        ),
    ] = None,
    save_claims: Annotated[
        Path | None,
        typer.Option(
            "--save-claims",
            metavar="FILE",
            help="Write the claims that were read from the article into a claims file, "
            "to correct by hand and audit again.",
        ),
    ] = None,
    full: Annotated[
        bool,
        typer.Option("--full", help="All findings of every claim, with sources."),
    ] = False,
    summary: Annotated[
        bool,
        typer.Option("--summary", help="One line for each claim, without evidence."),
    ] = False,
    fail_on: Annotated[
        list[str] | None,
        typer.Option(
            "--fail-on",
            metavar="VERDICT",
            autocompletion=completing.complete_verdict,
            help="Exit with 1 if a claim earns this verdict, such as overstated; may "
            "be repeated.",
        ),
    ] = None,
    studies: opt.Studies = None,
    to: Destination,
) -> None:
    """Check the claims of an article against the records.

    A page, a PDF, a Word file, pasted text or a sentence is read by rules. What was
    understood stands at each claim, and what was not is listed; what was misread can
    be corrected in the file that `--save-claims` writes.

    For example:
      lupus-evidence audit page.html
      lupus-evidence audit --claim "Half were in remission at four years"
      lupus-evidence audit clinic.pdf --save-claims clinic.yaml
      lupus-evidence audit clinic.yaml 3 10-12
      lupus-evidence audit - --fail-on overstated
    """
    from lupus_evidence.audit import audit as audited
    from lupus_evidence.audit import fails
    from lupus_evidence.audit.articles import articles_beside
    from lupus_evidence.pages.audit import Shown, audit_answer

    words = known_verdicts(fail_on)
    numbers, files = numbers_among(articles or [])
    depth: Literal["summary", "brief", "full"] = "full" if full or numbers else "brief"
    if summary:
        if depth == "full":
            raise WrongUseError("--summary leaves out what --full or a number asks for")
        depth = "summary"
    base = load_records(studies)
    beside = studies or studies_here()
    paths = [Path(file) for file in files]
    loaded = articles_beside(beside, paths, base, claim or ())
    if save_claims is not None:
        save(loaded, save_claims, force=to.force)
    found = audited(base, loaded)
    known_numbers(numbers, found)
    command = shlex.join(["lupus-evidence", "audit", *files])
    command += ' --claim "..."' * len(claim or ())
    if found.articles or not found.has_errors:
        to.deliver(audit_answer(found, Shown(depth, numbers, command)))
    say_what_fails(base)
    say_problems(found.diagnostics)
    if found.has_errors or fails(found, words):
        raise typer.Exit(1)
    finish(base)
