"""Simulate how often intervals of the survival curve hold the truth.

    python benchmarks/survival.py            a reduced grid, one to two minutes
    python benchmarks/survival.py --full     every cell of the table, some 20 minutes
    python benchmarks/survival.py --median   medians taken for means, five minutes

Truth: a typical centre's hazard is constant to 6 months and 0.002 a month later, and
centres multiply it by exp(u_i), u_i ~ N(0, tau^2). Studies have 6 to 90 people, drawn
log-evenly, each with a time of death of their own, and print one of five things at
random (`KINDS`). It takes two processes. The tables are in docs/methods.md, "Survival
over time".
"""

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from multiprocessing import Pool
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from lupus_evidence.stats.deaths import (
    EARLY_ENDS,
    DeathsBetween,
    Observation,
    deaths_by,
    deaths_over,
)
from lupus_evidence.stats.estimates import Interval
from lupus_evidence.stats.survival import survival_curve

Rng = np.random.Generator
Months = NDArray[np.float64]

STUDIES, SPREADS = (3, 6, 14), (0.0, 0.5, 1.0)
#: Cumulative hazard to 6 months, and hazard a month later.
MORTALITIES, LATER = (0.01, 0.05, 0.20), 0.002
FEWEST, MOST = 6, 90
VISITS, KAPLAN_MEIER = (6, 12, 24, 60), (24, 60)
EARLY_VISIT = 3.3
#: Mean follow-up lies between these, a person's between a half and 1.5 of it.
SHORT, LONG = 12.0, 60.0
SEEN_AT = (12, 24, 60)
#: Sets a cell of the reduced grid, of the whole table, and of the table of medians.
SETS, SETS_FULL, SETS_MEDIAN = 60, 300, 200
#: The worst mean of the reduced grid's cells in the whole table, in 0-1; cells with one
#: mortality below the other are named.
WORST, NAMED = 0.929, 0.93
WAYS = ("mean", "median", "reverse")
HALF = 0.5


@dataclass(frozen=True)
class World:
    """Where studies come from.

    Parameters
    ----------
    k : int
        Studies.
    early, tau : float
        Cumulative hazard to 6 months, and spread of log hazards.
    skewed : bool
        Whether follow-up is lognormal (sigma 0.6), rather than even.
    """

    k: int
    early: float
    tau: float
    skewed: bool = False

    def hazard(self, months: float) -> float:
        """Return the cumulative hazard of a typical centre."""
        first = min(months, EARLY_ENDS)
        return self.early * first / EARLY_ENDS + LATER * (months - first)

    def deaths(self, rng: Rng, n: int, factor: float) -> Months:
        """Draw times of death of n people of a centre."""
        hazard = rng.exponential(size=n) / factor
        return np.where(
            hazard < self.early,
            hazard / self.early * EARLY_ENDS,
            EARLY_ENDS + (hazard - self.early) / LATER,
        )


def follow_up(rng: Rng, n: int, mean: float, *, skewed: bool = False) -> Months:
    """Draw how long people would be watched if they lived."""
    if skewed:
        return mean * np.exp(rng.normal(-(0.6**2) / 2, 0.6, n))
    return mean * rng.uniform(0.5, 1.5, n)


def log_even(rng: Rng, low: float, high: float) -> float:
    """Draw a number between two, as likely below as above their geometric mean."""
    return float(np.exp(rng.uniform(np.log(low), np.log(high))))


def one_visit(rng: Rng, died: Months) -> tuple[Observation, ...]:
    """Count deaths by a fixed visit."""
    visit = float(rng.choice(VISITS))
    return (DeathsBetween(int(np.sum(died <= visit)), len(died), 0, visit),)


def two_visits(rng: Rng, died: Months) -> tuple[Observation, ...]:
    """Count who was alive at two of the visits."""
    times = sorted(float(t) for t in rng.choice(VISITS, 2, replace=False))
    return deaths_by(times, [int(np.sum(died > t)) for t in times], len(died))


def person_time(rng: Rng, died: Months) -> tuple[Observation, ...]:
    """Count deaths before people were last seen, over their mean time."""
    ends = follow_up(rng, len(died), log_even(rng, SHORT, LONG))
    seen = float(np.minimum(died, ends).mean())
    return (deaths_over(int(np.sum(died <= ends)), len(died), seen),)


def early_deaths(_: Rng, died: Months) -> tuple[Observation, ...]:
    """Count deaths by 100 days."""
    return (DeathsBetween(int(np.sum(died <= EARLY_VISIT)), len(died), 0, EARLY_VISIT),)


def kaplan_meier(rng: Rng, died: Months) -> tuple[Observation, ...]:
    """Turn an estimate with Greenwood's error into the people it is worth.

    Somebody would have been watched until its month. An estimate of 1 or 0, which has
    no error, stands for the people at risk, or for all.
    """
    month = float(rng.choice(KAPLAN_MEIER))
    ends = np.zeros(1)
    while ends.max() < month:
        ends = follow_up(rng, len(died), month * rng.uniform(0.75, 1.5))
    seen = np.minimum(died, ends)
    alive, relative = 1.0, 0.0
    for at in np.sort(died[(died <= ends) & (died <= month)]):
        left = int(np.sum(seen >= at))
        if left == 1:
            return (DeathsBetween(len(died), len(died), 0, month),)
        alive *= 1 - 1 / left
        relative += 1 / (left * (left - 1))
    if relative == 0:
        return (DeathsBetween(0, int(np.sum(seen >= month)), 0, month),)
    people = min((1 - alive) / (alive * relative), len(died))
    return (DeathsBetween(people * (1 - alive), people, 0, month),)


KINDS: tuple[Callable[[Rng, Months], tuple[Observation, ...]], ...] = (
    one_visit,
    two_visits,
    person_time,
    early_deaths,
    kaplan_meier,
)


def centres(rng: Rng, world: World) -> list[Months]:
    """Draw times of death in each study."""
    sizes = [round(log_even(rng, FEWEST, MOST)) for _ in range(world.k)]
    factors = np.exp(world.tau * rng.normal(size=world.k))
    return [world.deaths(rng, *one) for one in zip(sizes, factors, strict=True)]


def new_centres_within(ends: Interval, hazard: float, tau: float) -> float:
    """Return which share of new centres' survival lies within an interval."""
    low, high = (-np.log(np.clip(end, 1e-300, 1 - 1e-15)) / hazard for end in ends)
    if tau == 0:
        return float(high <= 1 <= low)
    normal = NormalDist(0, tau)
    return normal.cdf(np.log(low)) - normal.cdf(np.log(high))


def coverage_of_one(task: tuple[World, int]) -> list[tuple[float, float, float]]:
    """Return whether a set's intervals hold the truth, and their width, at each time.

    Parameters
    ----------
    task : tuple of World and int
        Where the set comes from, and its number.

    Returns
    -------
    list of tuple of float
        0 or 1 for the typical centre, the share of new centres held, width in points.
    """
    world, number = task
    key = number, world.k, round(100 * world.early), round(10 * world.tau)
    rng = np.random.default_rng(key)
    kinds = rng.integers(len(KINDS), size=world.k)
    studies = [
        KINDS[kind](rng, died)
        for kind, died in zip(kinds, centres(rng, world), strict=True)
    ]
    curve, rows = survival_curve(studies), []
    for months in SEEN_AT:
        hazard = world.hazard(months)
        low, high = curve.alive(months)[1]
        far = new_centres_within(curve.new_centre(months), hazard, world.tau)
        rows.append((float(low <= np.exp(-hazard) <= high), far, 100 * (high - low)))
    return rows


def row(found: NDArray[np.float64]) -> list[str]:
    """Return cells: mean coverage over mortalities, the worst of them, and width.

    Parameters
    ----------
    found : ndarray, shape (mortalities, sets, times, 3)
        What `coverage_of_one` says of each set.
    """
    held, far, width = np.moveaxis(found, -1, 0)
    cells = zip(held.mean(axis=1).T, np.median(width, axis=1).T, strict=True)
    return [
        *(
            f"{100 * c.mean():.1f} ({100 * c.min():.1f}), {w.mean():.0f}"
            for c, w in cells
        ),
        *(f"{100 * c.mean():.1f} ({100 * c.min():.1f})" for c in far.mean(axis=1).T),
    ]


def coverage(*, full: bool) -> None:
    """Print coverage and width; fail where the reduced grid's is too low."""
    sets = SETS_FULL if full else SETS
    studies, spreads = (STUDIES, SPREADS) if full else ((3, 6), (0.0, 1.0))
    columns = [f"{new}{at} months" for new in ("", "new, ") for at in SEEN_AT]
    print("| studies | tau | " + " | ".join(columns) + " |")
    print("|---" * (2 + len(columns)) + "|")
    worst, low = 1.0, []
    with Pool(2) as pool:
        for k, tau in product(studies, spreads):
            tasks = [(World(k, e, tau), i) for e in MORTALITIES for i in range(sets)]
            told = np.array(pool.map(coverage_of_one, tasks, chunksize=10))
            found = told.reshape(len(MORTALITIES), sets, len(SEEN_AT), 3)
            print(f"| {k} | {tau:g} | " + " | ".join(row(found)) + " |", flush=True)
            held = found[..., 0].mean(axis=1)
            worst = min(worst, held.mean(axis=0).min())
            low += [
                f"{k} studies, tau {tau:g}, early {100 * early:g} %, {at} months: "
                f"{100 * share:.1f}"
                for (early, at), share in zip(
                    product(MORTALITIES, SEEN_AT), held.flat, strict=True
                )
                if share < NAMED
            ]
    print("\n".join(low))
    least = WORST - 3 * (WORST * (1 - WORST) / (SETS * len(MORTALITIES))) ** 0.5
    if not full and worst < least:
        sys.exit(f"the interval held the truth in {100 * worst:.1f} % of some sets")


def middle(times: Months, ended: NDArray[np.bool_]) -> float:
    """Return the median by Kaplan and Meier; the longest time where it is not reached.

    Parameters
    ----------
    times : ndarray
        When each person was last seen.
    ended : ndarray
        Whether what is timed had come.
    """
    order = np.argsort(times)
    left, reached = 1.0, times[order]
    for i, happened in enumerate(ended[order]):
        left *= 1 - happened / (len(reached) - i)
        if left <= HALF:
            return float(reached[i])
    return float(reached[-1])


def bias_of_one(task: tuple[World, int]) -> list[list[tuple[float, float]]]:
    """Return a set's error in points and whether its interval holds the truth.

    At 24 and 60 months, for each of `WAYS` of what stands for the mean follow-up.
    """
    world, number = task
    rng = np.random.default_rng([number, round(100 * world.early), world.skewed])
    told: dict[str, list[tuple[Observation, ...]]] = {way: [] for way in WAYS}
    for died in centres(rng, world):
        n = len(died)
        mean = log_even(rng, SHORT, LONG)
        ends = follow_up(rng, n, mean, skewed=world.skewed)
        seen, deaths = np.minimum(died, ends), int(np.sum(died <= ends))
        follow = (seen.mean(), np.median(seen), middle(seen, died > ends))
        for way, months in zip(WAYS, follow, strict=True):
            told[way].append((deaths_over(deaths, n, float(months)),))
    found = []
    for way in WAYS:
        curve, row = survival_curve(told[way]), []
        for months in SEEN_AT[1:]:
            truth = float(np.exp(-world.hazard(months)))
            at, (low, high) = curve.alive(months)
            row.append((100 * (at - truth), float(low <= truth <= high)))
        found.append(row)
    return found


def medians() -> None:
    """Print bias and coverage where a median follow-up is taken for the mean."""
    print(
        "| follow-up | early | " + " | ".join(f"{w} 24 | {w} 60" for w in WAYS) + " |"
    )
    print("|---" * (2 + 2 * len(WAYS)) + "|")
    with Pool(2) as pool:
        for skewed, early in product((False, True), MORTALITIES[1:]):
            tasks = [(World(6, early, 0.5, skewed), i) for i in range(SETS_MEDIAN)]
            found = np.array(pool.map(bias_of_one, tasks, chunksize=10)).mean(axis=0)
            cells = [f"{b:+.1f} ({100 * c:.0f})" for b, c in found.reshape(-1, 2)]
            shape = "skewed" if skewed else "even"
            print(f"| {shape} | {100 * early:g} % | " + " | ".join(cells) + " |")


def main() -> None:
    """Print one of the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--full", action="store_true", help="every cell")
    parser.add_argument("--median", action="store_true", help="medians for means")
    chosen = parser.parse_args()
    if chosen.median:
        medians()
    else:
        coverage(full=chosen.full)


if __name__ == "__main__":
    main()
