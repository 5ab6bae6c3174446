"""How well claims are read: precision and recall on articles with answer keys.

Run ``python benchmarks/reading.py`` for the figures, with ``--misread`` for every claim
that was missed, invented or misread.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from lupus_evidence.reading.articles import page_of
from lupus_evidence.reading.cited_studies import StudyIndex
from lupus_evidence.reading.reader import read_claims
from lupus_evidence.records.files import Diagnostic
from lupus_evidence.records.load import load

if TYPE_CHECKING:
    from lupus_evidence.reading.claims_read import Read

HALVES = ("before", "after", "last")
ARTICLES = Path(__file__).parents[1] / "tests" / "articles"
SUFFIXES = (".txt", ".md", ".html")
#: Fields of a key that are compared one by one once claim and key are paired.
FIELDS = (
    "therapy",
    "endpoint",
    "scope",
    "months",
    "figure",
    "bound",
    "events",
    "people",
    "cites",
    "who",
    "topic",
    "measure",
    "before",
    "after",
)
#: Percentages and months that differ by less are the same.
NEAR = 0.6


@dataclass
class Score:
    """Claims counted.

    Parameters
    ----------
    keyed, read, paired : int
        Claims of the keys, claims read, and those that are in both.
    fields : dict
        By field: how many of the paired claims agree, and of how many that have it.
    misread : list of str
        What went wrong, a line each.
    """

    keyed: int = 0
    read: int = 0
    paired: int = 0
    fields: dict[str, Counter[str]] = field(default_factory=dict)
    misread: list[str] = field(default_factory=list)


def figure_of(claim: dict[str, Any]) -> tuple[Any, ...]:
    """Return the figure of a key's claim: ends in percent, or a word, or people."""
    if "amount" in claim:
        return ("amount", claim["amount"])
    if "low" in claim:
        return ("range", float(claim["low"]), float(claim["high"]))
    if claim.get("percent") is not None:
        return ("percent", float(claim["percent"]))
    if claim.get("events") is not None:
        return ("events", claim["events"])
    return ()


def figures_of(read: Read) -> list[tuple[Any, ...]]:
    """Return the figure of a claim as read, in every form that a key may have it."""
    found: list[tuple[Any, ...]] = []
    if read.to is not None and read.percent is not None:
        return [("range", float(read.percent), float(read.to))]
    if read.percent is not None:
        found.append(("percent", float(read.percent)))
    if read.events is not None:
        found.append(("events", read.events))
        if read.people:
            found.append(("percent", 100 * read.events / read.people))
    if read.amount is not None:
        found.append(("amount", read.amount))
    return found


def same(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    """Tell whether two figures are the same."""
    if not one or not other or one[0] != other[0]:
        return False
    if one[0] in ("amount", "events"):
        return bool(one[1] == other[1])
    return all(abs(a - b) < NEAR for a, b in zip(one[1:], other[1:], strict=True))


def kind_of(key: dict[str, Any]) -> str:
    """Return what kind of claim a key has."""
    if "measures" in key or "measure" in key:
        return "direction"
    return "statement" if "topic" in key else "rate"


def fits(key: dict[str, Any], read: Read) -> bool:
    """Tell whether a claim as read is the one of the key."""
    kind = kind_of(key)
    if kind != read.kind:
        return False
    if kind == "statement":
        return bool(key["topic"] == read.topic)
    if kind == "direction":
        measures = key.get("measures", key.get("measure"))
        named = [measures] if isinstance(measures, str) else measures
        return read.measure in named and key["direction"] == read.direction
    figure = figure_of(key)
    return any(same(figure, item) for item in figures_of(read))


def holds(sentence: str, piece: str) -> bool:
    """Tell whether a sentence holds a piece of the article, or the other way round."""
    one, other = (" ".join(item.split()).strip(" .") for item in (sentence, piece))
    return one in other or other in one


def field_values(key: dict[str, Any], read: Read) -> dict[str, tuple[Any, Any]]:
    """Return what a key and a claim as read say, by field."""
    given = dict(key)
    if "measures" in given:
        given["measure"] = read.measure
    said: dict[str, Any] = {
        name: getattr(read, name) for name in FIELDS if name != "figure"
    }
    return {
        name: (given.get(name), said[name])
        for name in FIELDS
        if name != "figure"
        and (given.get(name) is not None or said[name] is not None)
        and not told_otherwise(given, name)
    }


def told_otherwise(key: dict[str, Any], name: str) -> bool:
    """Tell whether a key says a field in another form: "all 16" without `events`."""
    return name == "events" and "events" not in key and "percent" in key


def agree(one: Any, other: Any) -> bool:  # noqa: ANN401 - values of any field
    """Tell whether a key's value and the one read are the same."""
    try:
        return abs(float(one) - float(other)) < NEAR
    except (TypeError, ValueError):
        return bool(one == other)


def best_pairs(
    keys: list[dict[str, Any]], reads: list[Read]
) -> list[tuple[dict[str, Any], Read]]:
    """Return each key's claim with the one read that is most like it."""
    pairs = []
    options = [
        (
            sum(not agree(*pair) for pair in field_values(key, read).values()),
            index,
            number,
        )
        for index, key in enumerate(keys)
        for number, read in enumerate(reads)
        if holds(read.spot.text, key["in"]) and fits(key, read)
    ]
    done: set[int] = set()
    used: set[int] = set()
    for _, index, number in sorted(options):
        if index not in done and number not in used:
            done.add(index)
            used.add(number)
            pairs.append((keys[index], reads[number]))
    return pairs


#: A claim that has another outcome or treatment is none of the key's.
DECISIVE = ("endpoint",)


def is_keyed(read: Read) -> bool:
    """Tell whether keys hold claims of this kind: not of the disease, nor of a dose."""
    others = ("study-account", "case-report", "expert-agreement")
    return read.kind != "background" and read.topic not in others


def score_of(files: list[Path], index: StudyIndex) -> Score:
    """Return how well some articles are read."""
    score = Score()
    for path in files:
        keys = yaml.safe_load(path.with_suffix(".yaml").read_text())["claims"] or []
        score.keyed += len(keys)
        page = page_of(path.read_bytes(), path.name, path.suffix)
        if isinstance(page, Diagnostic):
            score.misread.append(f"{path.name}: {page.message}")
            continue
        reads = [item for item in read_claims(page, index).claims if is_keyed(item)]
        score.read += len(reads)
        _count(score, path.stem, keys, reads)
    return score


def _count(
    score: Score, name: str, keys: list[dict[str, Any]], reads: list[Read]
) -> None:
    """Count one article's claims that are in the key, and those that are not."""
    found: list[int] = []
    for key, read in best_pairs(keys, reads):
        values = field_values(key, read)
        wrong = {field: pair for field, pair in values.items() if not agree(*pair)}
        if any(field in wrong for field in DECISIVE):
            continue
        found += [id(key), id(read)]
        score.paired += 1
        for field_name, (given, said) in values.items():
            counts = score.fields.setdefault(field_name, Counter())
            counts["both"] += agree(given, said)
            counts["keyed"] += given is not None
            counts["read"] += said is not None
        if wrong:
            score.misread.append(f"{name}: FIELD {wrong} in {key['in']!r}")
    for key in keys:
        if id(key) not in found:
            rest = {field: value for field, value in key.items() if field != "in"}
            score.misread.append(f"{name}: MISSED {rest} in {key['in']!r}")
    for read in reads:
        if id(read) not in found:
            told = (*FIELDS, "percent", "to", "amount", "direction")
            what = {field: getattr(read, field, None) for field in told}
            what = {field: value for field, value in what.items() if value is not None}
            score.misread.append(f"{name}: INVENTED {what} in {read.spot.text!r}")


def ratio(part: int, whole: int) -> str:
    """Return a share in percent."""
    return f"{100 * part / whole:5.1f} %" if whole else "    -  "


#: What each column of the manual's table is called.
COLUMNS = {
    "therapy": "treatment",
    "months": "time",
    "people": "people",
    "cites": "study",
}


def table(scores: dict[str, tuple[int, Score]]) -> str:
    """Return the table of the manual: a row for each part, in Markdown."""
    head = ["articles", "", "claims", "precision", "recall", *COLUMNS.values()]
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    for half, (articles, score) in scores.items():
        cells = [
            half,
            str(articles),
            str(score.keyed),
            ratio(score.paired, score.read).strip(),
            ratio(score.paired, score.keyed).strip(),
        ]
        for name in COLUMNS:
            counts = score.fields.get(name, Counter())
            cells.append(ratio(counts["both"], counts["read"]).strip())
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def scores() -> dict[str, tuple[int, Score]]:
    """Return how well each part of the articles is read."""
    index = StudyIndex.of(load())
    found = {}
    for half in HALVES:
        files = sorted(p for p in ARTICLES.glob(f"{half}-*") if p.suffix in SUFFIXES)
        found[half] = len(files), score_of(files, index)
    return found


def main() -> None:
    """Print precision and recall of both halves."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misread", action="store_true")
    parser.add_argument("--table", action="store_true", help="as the manual has it")
    parser.add_argument("--half", choices=HALVES)
    parser.add_argument("--only", default="")
    parser.add_argument("--folder", type=Path, default=ARTICLES)
    options = parser.parse_args()
    if options.table:
        print(table(scores()))
        return
    index = StudyIndex.of(load())
    for half in (options.half,) if options.half else HALVES:
        files = sorted(
            path
            for path in options.folder.glob(f"{half}-*")
            if path.suffix in SUFFIXES and options.only in path.name
        )
        if not files:
            continue
        score = score_of(files, index)
        print(f"{half}: {len(files)} articles, {score.keyed} claims keyed")
        print(f"  claims      precision {ratio(score.paired, score.read)}", end="")
        print(f"  recall {ratio(score.paired, score.keyed)}")
        for name in FIELDS:
            if counts := score.fields.get(name):
                print(
                    f"  {name:11} precision {ratio(counts['both'], counts['read'])}",
                    end="",
                )
                print(f"  recall {ratio(counts['both'], counts['keyed'])}", end="")
                print(f"  ({counts['keyed']} keyed)")
        if options.misread:
            print("\n".join(score.misread))


if __name__ == "__main__":
    main()
