"""Simulate how often the default's interval, and three rivals', hold the median rate.

    python benchmarks/coverage.py            a reduced grid, one to two minutes
    python benchmarks/coverage.py --full     every cell of the table, some hours

Truth: theta_i ~ N(mu, tau^2) on the logit scale, x_i ~ Bin(n_i, expit(theta_i)), arm
sizes drawn evenly, with replacement, from 19 sizes of this field. The target is the
median rate expit(mu). The table it is compared with is in docs/methods.md.
"""

import argparse
import sys
import time
from itertools import product
from math import sqrt

import numpy as np
from scipy.special import expit

from lupus_evidence.stats import inverse_variance
from lupus_evidence.stats.bayes import posterior
from lupus_evidence.stats.estimates import NotPooled
from lupus_evidence.stats.model_estimates import glmm_estimate

# the table's simulation drew from 19 arm sizes of this field, 4 to 87 people, which
# it does not list; these are 19 sizes of published lupus arms over the same range
ARM_SIZES = (4, 6, 7, 8, 10, 12, 15, 16, 17, 21, 22, 24, 28, 35, 39, 40, 58, 81, 87)
RATES = (0.1, 0.3, 0.5, 0.75, 0.94)
REDUCED_STUDIES, REDUCED_SPREADS = (3, 5, 8), (0.6, 1.0)
METHODS = ("bayes", "glmm-z", "glmm-t", "reml")
LEVEL = 0.95

# coverage in percent, averaged over the five rates, 5000 data sets per cell: table T1
# of the simulation reported in docs/methods.md, columns H', A, B and D
TABLE = {
    (2, 0.0): (99.8, 96.4, 100.0, 97.1),
    (2, 0.3): (99.8, 91.4, 100.0, 93.2),
    (2, 0.6): (98.6, 83.1, 100.0, 87.2),
    (2, 1.0): (94.7, 76.4, 100.0, 82.2),
    (3, 0.0): (99.6, 96.3, 100.0, 96.6),
    (3, 0.3): (99.5, 91.7, 99.9, 92.7),
    (3, 0.6): (97.7, 85.3, 99.1, 87.4),
    (3, 1.0): (93.7, 80.7, 96.9, 83.0),
    (5, 0.0): (99.4, 96.2, 99.6, 95.9),
    (5, 0.3): (98.6, 92.3, 98.2, 92.0),
    (5, 0.6): (96.5, 87.2, 95.5, 86.8),
    (5, 1.0): (93.6, 85.5, 93.9, 84.3),
    (8, 0.0): (98.7, 96.0, 98.6, 94.9),
    (8, 0.3): (97.6, 92.5, 96.4, 90.4),
    (8, 0.6): (95.7, 89.5, 94.1, 85.7),
    (8, 1.0): (94.0, 89.5, 93.9, 84.2),
    (15, 0.0): (97.9, 96.3, 97.6, 92.5),
    (15, 0.3): (96.2, 92.9, 95.0, 86.7),
    (15, 0.6): (95.1, 92.1, 94.3, 82.6),
    (15, 1.0): (94.6, 92.3, 94.5, 81.2),
}
SETS_PER_TABLE_CELL = 5 * 5000
# agreement: within three standard errors, and a point for the arm sizes, which are
# not exactly the table's
STANDARD_ERRORS, SLACK = 3.0, 1.0


def main() -> int:
    """Simulate, print, and say whether every cell agrees with the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--full", action="store_true", help="every cell of the table")
    parser.add_argument("--sets", type=int, help="data sets per k, tau and rate")
    parser.add_argument("--seed", type=int, default=20261123)
    chosen = parser.parse_args()
    cells = [
        cell
        for cell in TABLE
        if chosen.full or (cell[0] in REDUCED_STUDIES and cell[1] in REDUCED_SPREADS)
    ]
    sets = chosen.sets or (5000 if chosen.full else 150)
    rng = np.random.default_rng(chosen.seed)
    print(f"{sets} data sets per rate, {len(RATES)} rates; coverage in %, table in ()")
    print(f"{'k':>3} {'tau':>4}  " + "  ".join(f"{name:>14}" for name in METHODS))
    start, apart = time.perf_counter(), 0
    for k, tau in cells:
        held, tried = simulate(rng, k, tau, sets)
        parts = []
        for place, there in enumerate(TABLE[k, tau]):
            here = 100 * held[place] / tried[place]
            differs = abs(here - there) > margin(there, tried[place])
            apart += differs
            parts.append(f"{here:6.1f} ({there:5.1f}){'!' if differs else ' '}")
        print(f"{k:>3} {tau:>4}  " + "  ".join(parts), flush=True)
    print(f"{time.perf_counter() - start:.0f} s; {apart} figures marked ! differ by")
    print(
        f"more than {STANDARD_ERRORS:g} Monte Carlo standard errors and {SLACK:g} point"
    )
    return 1 if apart else 0


def simulate(
    rng: np.random.Generator, k: int, tau: float, sets: int
) -> tuple[list[int], list[int]]:
    """Count, per method, intervals that held the median rate, and intervals given."""
    held, tried = [0] * len(METHODS), [0] * len(METHODS)
    for rate, _ in product(RATES, range(sets)):
        n = rng.choice(ARM_SIZES, k)
        logits = np.log(rate / (1 - rate)) + tau * rng.standard_normal(k)
        x = rng.binomial(n, 1 / (1 + np.exp(-logits)))
        for place, interval in enumerate(intervals(x, n)):
            if interval is not None:
                tried[place] += 1
                held[place] += interval[0] <= rate <= interval[1]
    return held, tried


def intervals(x: np.ndarray, n: np.ndarray) -> list[tuple[float, float] | None]:
    """Return each method's interval, as the simulation of the table drew it.

    All-event and no-event sets, where the program gives a one-sided bound, count with
    the plain intervals of the default and of REML, and not for maximum likelihood.
    """
    counts = tuple(float(v) for v in x), tuple(float(v) for v in n)
    bayes = posterior(*counts).median_rate.interval(LEVEL)
    found = [bayes]
    mixed = 0 < x.sum() < n.sum()
    for test in ("z", "t"):
        fit = glmm_estimate(counts, LEVEL, test, profile=False) if mixed else None
        found.append(None if fit is None or isinstance(fit, NotPooled) else fit.ci)
    reml = inverse_variance.fit_normal(
        *inverse_variance.logits(*map(np.array, counts)), "reml"
    )
    low, high = expit(np.array(reml.ci("z", LEVEL)))
    return [*found, (float(low), float(high))]


def margin(there: float, tried: int) -> float:
    """Return how far a simulated percentage may lie from the table's."""
    p = min(max(there / 100, 0.005), 0.995)
    error = 100 * sqrt(p * (1 - p) * (1 / tried + 1 / SETS_PER_TABLE_CELL))
    return STANDARD_ERRORS * error + SLACK


if __name__ == "__main__":
    sys.exit(main())
