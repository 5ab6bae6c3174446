"""Simulate how often intervals of trials hold the mean log odds ratio.

    python benchmarks/trials.py            a reduced grid, one to two minutes
    python benchmarks/trials.py --full     every cell of the table, some ten minutes

Truth: theta_i ~ N(mu, tau^2) are the trials' log odds ratios, their baselines
N(logit(risk), 0.5^2), both arms binomial; arms are drawn evenly from 6 to 20 people or
from 20 to 100. Only sets in which some trial says anything count. The table is in
docs/methods.md, "Trials".
"""

import argparse
import sys
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from lupus_evidence.stats.direct_effects import TrialMethod
from lupus_evidence.stats.trials import TrialTest, pool_trials

Counts = NDArray[np.int64]

SIZES = {"6-20": (6, 20), "20-100": (20, 100)}
STUDIES, SPREADS = (2, 3, 5, 10), (0.0, 0.3, 0.6)
RISKS, EFFECTS = (0.1, 0.3, 0.6), (0.0, 0.7)
BASELINE_SD = 0.5
#: Name in the table: method, test.
METHODS: dict[str, tuple[TrialMethod, TrialTest]] = {
    "bayes": ("bayes", "z"),
    "mh": ("mh", "z"),
    "peto": ("peto", "z"),
    "glmm": ("glmm", "z"),
    "reml-hk": ("reml", "hk"),
    "dl-z": ("dl", "z"),
}
LEVEL = 0.95
#: Sets a cell of the reduced grid, and of the whole table.
SETS, SETS_FULL = 60, 100
#: The worst that the default may do, in percent: the worst of the table less three
#: standard errors of a cell of the reduced grid.
WORST = 0.919
ERROR = (WORST * (1 - WORST) / (SETS * len(RISKS) * len(EFFECTS))) ** 0.5
LEAST = 100 * (WORST - 3 * ERROR)


@dataclass(frozen=True)
class World:
    """Where trials come from.

    Parameters
    ----------
    k : int
        Trials.
    tau, mu : float
        Spread and mean of their log odds ratios.
    sizes : str
        Key of `SIZES`.
    risk : float
        Risk of the middle baseline, in 0-1.
    """

    k: int
    tau: float
    sizes: str
    risk: float
    mu: float


Trials = tuple[Counts, Counts, Counts, Counts]


def drawn(rng: np.random.Generator, world: World) -> Trials:
    """Draw a set of trials: events and people of both arms."""
    low, high = SIZES[world.sizes]
    k, risk = world.k, world.risk
    n_a, n_b = rng.integers(low, high + 1, (2, k))
    baseline = rng.normal(np.log(risk / (1 - risk)), BASELINE_SD, k)
    theta = rng.normal(world.mu, world.tau, k)
    a = rng.binomial(n_a, 1 / (1 + np.exp(-(baseline + theta / 2))))
    b = rng.binomial(n_b, 1 / (1 + np.exp(-(baseline - theta / 2))))
    return a, n_a, b, n_b


def cell(
    k: int, tau: float, sizes: str, sets: int, seed: int = 1
) -> dict[str, tuple[float, float]]:
    """Return coverage in percent and median width of each method, over all risks."""
    held: dict[str, list[bool]] = {name: [] for name in METHODS}
    width: dict[str, list[float]] = {name: [] for name in METHODS}
    rng = np.random.default_rng([seed, k, int(10 * tau), len(sizes)])
    for risk, mu in product(RISKS, EFFECTS):
        done = 0
        while done < sets:
            trials = drawn(rng, World(k, tau, sizes, risk, mu))
            events, people = trials[0] + trials[2], trials[1] + trials[3]
            if not np.any((events > 0) & (events < people)):
                continue
            done += 1
            for name, (method, test) in METHODS.items():
                found = pool_trials(*trials, method=method, test=test, level=LEVEL)
                low, high = found.ci
                held[name].append(low <= mu <= high)
                width[name].append(high - low)
    return {
        name: (100 * float(np.mean(held[name])), float(np.median(width[name])))
        for name in METHODS
    }


def main() -> None:
    """Print the table; fail where the default holds the truth too rarely."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--full", action="store_true", help="every cell")
    full = parser.parse_args().full
    spreads = SPREADS if full else (0.0, 0.6)
    studies = STUDIES if full else (2, 5)
    sets = SETS_FULL if full else SETS
    print("| arms | trials | tau | " + " | ".join(METHODS) + " |")
    print("|---" * (3 + len(METHODS)) + "|")
    worst = 100.0
    for sizes, k, tau in product(SIZES, studies, spreads):
        found = cell(k, tau, sizes, sets)
        worst = min(worst, found["bayes"][0])
        shown = " | ".join(f"{c:.1f} ({w:.1f})" for c, w in found.values())
        print(f"| {sizes} | {k} | {tau:g} | {shown} |", flush=True)
    if not full and worst < LEAST:
        sys.exit(f"the default held the truth in {worst:.1f} % of some sets")


if __name__ == "__main__":
    main()
