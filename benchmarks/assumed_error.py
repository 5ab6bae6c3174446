"""Simulate what a survival estimate printed without an error is worth.

    python benchmarks/assumed_error.py       about three minutes

Single studies: people enter at an even pace, so that their time under observation
ends evenly between a shortest and a longest month; deaths come at an even pace, or
six times as fast in the first half year. Kaplan and Meier's estimate at a month before
the longest is put down as a count of effective people, and the exact and the Jeffreys
interval of that count should hold the true survival.

Pooled: four such studies whose true survival differs between them, two with the error
that Greenwood's formula gives and two without any. The table it makes is in
docs/methods.md, "Curves without an error".
"""

import argparse
import sys
import time
from dataclasses import dataclass
from itertools import product
from math import sqrt

import numpy as np

from lupus_evidence.evidence.effective_counts import assumed_effective_people
from lupus_evidence.stats.estimates import NotPooled
from lupus_evidence.stats.pooling import pool
from lupus_evidence.stats.proportions import interval

# month, shortest and longest follow-up
DESIGNS = ((24, 6, 60), (36, 12, 60), (60, 24, 90), (60, 6, 72))
SIZES, SURVIVALS = (20, 30, 50), (0.75, 0.85, 0.93)
EARLY, TIMES_AS_FAST = 6.0, 6.0
WAYS = ("error known", "n", "middle", "lower", "lower, median")
POOLED = ("error known", "n", "middle", "lower", "left out")
STUDIES, WITHOUT_ERROR = 4, 2
SPREADS, MEDIANS = (0.3, 0.6, 1.0), (0.8, 0.9)

Design = tuple[int, int, int]


@dataclass(frozen=True)
class Curve:
    """An estimate, Greenwood's relative variance, and follow-up in months."""

    estimate: float
    relative: float
    shortest: float
    median: float
    longest: float


def main() -> int:
    """Print coverage and width, single and pooled."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sets", type=int, default=2000, help="single sets a cell")
    parser.add_argument("--pooled", type=int, default=300, help="pooled sets a cell")
    parser.add_argument("--seed", type=int, default=20261130)
    chosen = parser.parse_args()
    rng, start = np.random.default_rng(chosen.seed), time.perf_counter()
    print("single: for each way exact %, its worst cell, Jeffreys %, width in points")
    for design in DESIGNS:
        for early in (False, True):
            found = single(rng, design, early, chosen.sets)
            print(design, "early" if early else "even", shown(found), flush=True)
    print(f"{time.perf_counter() - start:.0f} s")
    print("pooled: for each way coverage in %, width in points")
    for early in (False, True):
        for tau in SPREADS:
            found = pooled(rng, tau, early, chosen.pooled)
            print("early" if early else "even", tau, shown(found), flush=True)
    print(f"{time.perf_counter() - start:.0f} s")
    return 0


def shown(found: dict[str, list[float]]) -> str:
    """Return figures by way on one line."""
    return " | ".join(
        f"{way}: " + " ".join(f"{value:.1f}" for value in values)
        for way, values in found.items()
    )


def curve(
    rng: np.random.Generator, n: int, survival: float, design: Design, early: bool
) -> Curve | None:
    """Return what Kaplan and Meier make of a study of n people.

    None where nobody was left at the month.
    """
    month, first, last = design
    ends = rng.uniform(first, last, n)
    hazard = -np.log(survival)
    needed = rng.exponential(1, n) / hazard * as_even(month, early)
    died = np.array([from_even(value, early) for value in needed])
    seen = np.minimum(ends, died)
    estimate, relative = 1.0, 0.0
    for at in np.sort(died[(died <= ends) & (died <= month)]):
        left = np.sum(seen >= at)
        if left == 1:
            return None
        estimate *= 1 - 1 / left
        relative += 1 / (left * (left - 1))
    if not np.any(seen >= month):
        return None
    return Curve(
        estimate, relative, float(seen.min()), float(np.median(seen)), float(seen.max())
    )


def as_even(month: float, early: bool) -> float:
    """Return how many months of even deaths the deaths up to a month amount to."""
    if not early:
        return month
    return TIMES_AS_FAST * min(month, EARLY) + max(month - EARLY, 0)


def from_even(value: float, early: bool) -> float:
    """Return the month up to which deaths amount to so many even months."""
    if not early:
        return value
    fast = TIMES_AS_FAST * EARLY
    return value / TIMES_AS_FAST if value <= fast else EARLY + value - fast


def worth(n: int, found: Curve, month: int) -> dict[str, float]:
    """Return the effective people by each way, follow-up being what a paper prints."""
    known = n if found.relative == 0 else (1 / found.estimate - 1) / found.relative
    by_range, by_median = (
        assumed_effective_people(n, found.estimate, month, **told).lower
        for told in (
            {"shortest": found.shortest, "longest": found.longest},
            {"median": found.median},
        )
    )
    return {
        "error known": float(known),
        "n": float(n),
        "middle": sqrt(by_range * n),
        "lower": by_range,
        "lower, median": by_median,
    }


def single(
    rng: np.random.Generator, design: Design, early: bool, sets: int
) -> dict[str, list[float]]:
    """Return, by way, coverage of the exact interval, its worst cell, and more.

    That is: coverage of Jeffreys' interval, and the exact one's mean width in points.
    """
    rows: dict[str, list[list[float]]] = {way: [] for way in WAYS}
    for n, survival in product(SIZES, SURVIVALS):
        found = [curve(rng, n, survival, design, early) for _ in range(sets)]
        worths = [(one.estimate, worth(n, one, design[0])) for one in found if one]
        for way in WAYS:
            exact, jeffreys = (
                np.array(
                    [
                        interval(min(s * w[way], w[way]), w[way], method=method)
                        for s, w in worths
                    ]
                )
                for method in ("exact", "jeffreys")
            )
            rows[way].append(
                [
                    100 * holds(exact, survival),
                    100 * holds(jeffreys, survival),
                    100 * float(np.mean(exact[:, 1] - exact[:, 0])),
                ]
            )
    answer = {}
    for way, cells in rows.items():
        mean = np.mean(cells, axis=0)
        answer[way] = [mean[0], min(cell[0] for cell in cells), mean[1], mean[2]]
    return answer


def holds(ends: np.ndarray, truth: float) -> float:
    """Return the share of intervals that hold the truth."""
    return float(np.mean((ends[:, 0] <= truth) & (truth <= ends[:, 1])))


def pooled(
    rng: np.random.Generator, tau: float, early: bool, sets: int
) -> dict[str, list[float]]:
    """Return, by way, the default's coverage of the median survival, and its width."""
    rows: dict[str, list[tuple[bool, float]]] = {way: [] for way in POOLED}
    for median, _ in product(MEDIANS, range(sets)):
        studies: list[tuple[float, dict[str, float]]] = []
        while len(studies) < STUDIES:
            design = DESIGNS[rng.integers(len(DESIGNS))]
            n = int(rng.choice(SIZES))
            logit = np.log(median / (1 - median)) + tau * rng.standard_normal()
            found = curve(rng, n, 1 / (1 + np.exp(-logit)), design, early)
            if found is not None:
                studies.append((found.estimate, worth(n, found, design[0])))
        for way in POOLED:
            kept = studies[: STUDIES - WITHOUT_ERROR] if way == "left out" else studies
            sizes = [
                people["error known" if i < STUDIES - WITHOUT_ERROR else way]
                for i, (_, people) in enumerate(kept)
            ]
            events = [min(s * m, m) for (s, _), m in zip(kept, sizes, strict=True)]
            rows[way].append(judged(events, sizes, median))
    return {
        way: [100 * float(np.mean([r[i] for r in found])) for i in (0, 1)]
        for way, found in rows.items()
    }


def judged(events: list[float], sizes: list[float], truth: float) -> tuple[bool, float]:
    """Tell whether the default's interval holds the truth, and how wide it is."""
    found = pool(events, sizes)
    if isinstance(found, NotPooled) or found.bound is not None or found.ci is None:
        low = found.bound.model if not isinstance(found, NotPooled) else 0.0
        return low <= truth, 1 - low
    return found.ci[0] <= truth <= found.ci[1], found.ci[1] - found.ci[0]


if __name__ == "__main__":
    sys.exit(main())
