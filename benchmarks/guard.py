"""Simulate how often the widened interval holds the median rate where studies differ.

    python benchmarks/guard.py               every cell of the table, about a minute

Three intervals on the same data: the posterior's own; its union with the GLMM's by
t(k - 1) where the posterior median of tau exceeds 1, a rule that was given up; and the
one that is used. Truth, rates and arm sizes are those of benchmarks/coverage.py. All
are read from one table of each study's likelihood over logit and tau, so that a set
takes a third of a millisecond; `--check` compares some with the package's own.
The table it makes is in docs/methods.md, "Guard".
"""

import argparse
import sys
import time
from dataclasses import dataclass

import numpy as np
from coverage import ARM_SIZES, LEVEL, RATES
from scipy.special import logit, ndtr, stdtrit

from lupus_evidence.stats import profile_intervals
from lupus_evidence.stats.likelihood import expit, fast_rule, log_marginal
from lupus_evidence.stats.pooling import pool

STUDIES, SPREADS = (4, 5, 8, 15), (0.6, 1.0, 1.5, 2.2)
BATCH = 500
# logits at which likelihoods are tabulated, and where a new study's rate is; spreads
# up to the end of the default's grid, and beyond it for maximum likelihood alone
U = np.linspace(-2.35, 2.35, 161)
LOGITS = 3 * np.sinh(U)
NEW = 3 * np.sinh(np.linspace(-2.6, 2.6, 121))
STEP = 0.15
WITHIN_PRIOR = np.arange(0, 6.01, STEP)
TAUS = np.append(WITHIN_PRIOR, [7.0, 8.5, 10.0])
TAILS = ((1 - LEVEL) / 2, (1 + LEVEL) / 2)
LARGEST_ESTIMABLE = 5.0
NAMES = ("posterior", "union with t, tau > 1", "used")


@dataclass(frozen=True)
class Tables:
    """What every data set is looked up in."""

    row: dict[tuple[int, int], int]
    likelihood: np.ndarray
    prior: np.ndarray
    new_study: np.ndarray

    @classmethod
    def made(cls) -> "Tables":
        """Tabulate the likelihood of every possible arm."""
        pairs = [(x, n) for n in ARM_SIZES for x in range(n + 1)]
        row = {pair: place for place, pair in enumerate(pairs)}
        counts = np.array(pairs, dtype=float)
        parts = [
            log_marginal(
                counts[:, :1],
                counts[:, 1:],
                LOGITS,
                np.full(len(U), tau),
                fast_rule(tau),
            )
            for tau in TAUS
        ]
        weight = np.full(len(WITHIN_PRIOR), STEP)
        weight[0] /= 2
        of_tau = np.log(weight) - 0.5 * WITHIN_PRIOR**2
        of_logit = 0.5 * LOGITS - np.logaddexp(0, LOGITS) + np.log(np.cosh(U))
        spread = np.maximum(WITHIN_PRIOR, 0.03)[:, None, None]
        below = ndtr((NEW - LOGITS[None, :, None]) / spread)
        return cls(
            row,
            np.stack(parts, axis=1).astype(np.float32),
            of_tau[:, None] + of_logit,
            below.reshape(-1, len(NEW)).astype(np.float32),
        )


def main() -> int:
    """Print coverage, worst rate and width for each cell."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sets", type=int, default=5000, help="per k, tau and rate")
    parser.add_argument("--seed", type=int, default=20261129)
    parser.add_argument("--check", action="store_true", help="some against the package")
    chosen = parser.parse_args()
    rng, tables = np.random.default_rng(chosen.seed), Tables.made()
    if chosen.check:
        return check(rng, tables)
    print(f"{chosen.sets} sets a rate, {len(RATES)} rates: mean %, worst rate %, width")
    print(
        f"{'k':>3} {'tau':>4} {'tau>1 %':>8}  " + "  ".join(f"{n:>22}" for n in NAMES)
    )
    start = time.perf_counter()
    for k in STUDIES:
        for tau in SPREADS:
            cells = [simulate(rng, tables, (k, tau, r), chosen.sets) for r in RATES]
            held, width, fired = (np.array(part) for part in zip(*cells, strict=True))
            print(
                f"{k:>3} {tau:>4} {100 * fired.mean():8.0f}  "
                + "  ".join(
                    f"{100 * held[:, i].mean():8.1f} {100 * held[:, i].min():6.1f}"
                    f" {100 * width[:, i].mean():6.1f}"
                    for i in range(len(NAMES))
                ),
                flush=True,
            )
    print(f"{time.perf_counter() - start:.0f} s")
    return 0


def simulate(
    rng: np.random.Generator, tables: Tables, cell: tuple[int, float, float], sets: int
) -> tuple[np.ndarray, np.ndarray, float]:
    """Return coverage and median width of each interval, and how often tau > 1.

    A cell is the number of studies, their spread, and the median rate.
    """
    k, tau, rate = cell
    held, widths, fired = [], [], []
    for _ in range(-(-sets // BATCH)):
        n, x = drawn(rng, k, tau, rate)
        found, spread = intervals(tables, x, n)
        inside = (found[:, 0] <= logit(rate)) & (logit(rate) <= found[:, 1])
        held.append(inside.mean(axis=1))
        widths.append(np.median(expit(found[:, 1]) - expit(found[:, 0]), axis=1))
        fired.append(np.mean(spread > 1))
    return np.mean(held, axis=0), np.mean(widths, axis=0), float(np.mean(fired))


def drawn(
    rng: np.random.Generator, k: int, tau: float, rate: float
) -> tuple[np.ndarray, np.ndarray]:
    """Draw a batch of sets: people and events, shape (sets, k)."""
    n = rng.choice(ARM_SIZES, (BATCH, k))
    logits = logit(rate) + tau * rng.standard_normal((BATCH, k))
    return n, rng.binomial(n, expit(logits))


def intervals(
    tables: Tables, x: np.ndarray, n: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the intervals, shape (3, 2, sets), and the posterior medians of tau.

    Sets with no or only events, which get a one-sided bound instead, count with the
    posterior's interval.
    """
    k = x.shape[1]
    rows = np.vectorize(lambda events, people: tables.row[events, people])(x, n)
    surface = tables.likelihood[rows].sum(axis=1, dtype=np.float64)
    own, spread, new = posterior(tables, surface)
    profile = Profile.of(surface)
    mixed = (x.sum(axis=1) > 0) & (x.sum(axis=1) < n.sum(axis=1))
    usable = mixed & np.any((x > 0) & (x < n), axis=1)
    half = float(stdtrit(k - 1, TAILS[1])) * profile.se
    wald = np.stack([profile.logit - half, profile.logit + half])
    fires = usable & (spread > 1) & (profile.tau <= LARGEST_ESTIMABLE)
    far = own + profile_intervals.FARTHEST_SHARE * (new - own)
    ends = profile.ends(profile_intervals.largest_deviance(k, LEVEL))
    ends = np.stack([np.maximum(ends[0], far[0]), np.minimum(ends[1], far[1])])
    share = mixed * np.array([profile_intervals.guard_weight(tau, k) for tau in spread])
    used = own + share * (outer(own, ends) - own)
    return np.stack([own, np.where(fires, outer(own, wald), own), used]), spread


def outer(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Return the lower of the low ends and the higher of the high ones."""
    return np.stack([np.minimum(one[0], other[0]), np.maximum(one[1], other[1])])


def posterior(
    tables: Tables, surface: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return interval of the logit, median of tau, and interval of a new study."""
    log_mass = surface[:, : len(WITHIN_PRIOR)] + tables.prior
    mass = np.exp(log_mass - log_mass.max(axis=(1, 2), keepdims=True))
    mass /= mass.sum(axis=(1, 2), keepdims=True)
    of_logit, of_tau = mass.sum(axis=1), mass.sum(axis=2)
    below = np.cumsum(of_logit, axis=1) - of_logit / 2
    own = np.stack([quantiles(below, LOGITS, p) for p in TAILS])
    spread_below = np.cumsum(of_tau, axis=1) - of_tau / 2
    spread_below[:, 0] = 0
    spread = np.array([np.interp(0.5, row, WITHIN_PRIOR) for row in spread_below])
    flat = mass.reshape(len(mass), -1).astype(np.float32)
    new_below = flat @ tables.new_study
    return own, spread, np.stack([quantiles(new_below, NEW, p) for p in TAILS])


def quantiles(below: np.ndarray, grid: np.ndarray, probability: float) -> np.ndarray:
    """Invert tabulated distribution functions, shape (sets, points), by log-odds."""
    odds = logit(np.clip(below.astype(float), 1e-9, 1 - 1e-9))
    target = logit(probability)
    right = np.clip((odds < target).sum(axis=1), 1, len(grid) - 1)
    place = np.arange(len(odds))
    low, high = odds[place, right - 1], odds[place, right]
    share = (target - low) / np.maximum(high - low, 1e-12)
    return np.asarray(grid[right - 1] + share * (grid[right] - grid[right - 1]))


@dataclass(frozen=True)
class Profile:
    """The likelihood maximised over tau, on the grid of logits, and its top."""

    value: np.ndarray
    logit: np.ndarray
    tau: np.ndarray
    top: np.ndarray
    se: np.ndarray

    @classmethod
    def of(cls, surface: np.ndarray) -> "Profile":
        """Maximise by the parabola through the three highest points each time."""
        best = surface.argmax(axis=1)
        near = np.clip(best, 1, len(TAUS) - 2)
        y0, y1, y2 = (
            np.take_along_axis(surface, (near + d)[:, None], axis=1)[:, 0]
            for d in (-1, 0, 1)
        )
        x0, x1, x2 = TAUS[near - 1], TAUS[near], TAUS[near + 1]
        rise = (y1 - y0) / (x1 - x0)
        bend = np.minimum(((y2 - y1) / (x2 - x1) - rise) / (x2 - x0), -1e-12)
        tau = (x0 + x1) / 2 - rise / (2 * bend)
        there = y0 + rise * (tau - x0) + bend * (tau - x0) * (tau - x1)
        inside = (tau >= x0) & (tau <= x2)
        highest = np.max(surface, axis=1)
        value = np.where(inside, np.maximum(there, highest), highest)
        sets = np.arange(len(value))
        peak = np.clip(value.argmax(axis=1), 1, len(U) - 2)
        y0, y1, y2 = (value[sets, peak + d] for d in (-1, 0, 1))
        bend = np.minimum(y0 - 2 * y1 + y2, -1e-9)
        off = np.clip(0.5 * (y0 - y2) / bend, -1, 1)
        u = U[peak] + off * (U[1] - U[0])
        return cls(
            value,
            3 * np.sinh(u),
            np.where(inside, tau, TAUS[best])[sets, peak],
            np.maximum(y1 - 0.25 * (y0 - y2) * off, value.max(axis=1)),
            3 * np.cosh(u) * (U[1] - U[0]) / np.sqrt(-bend),
        )

    def ends(self, cut: float) -> np.ndarray:
        """Return where twice the drop exceeds the cut; infinite where it never does."""
        root = np.sqrt(np.maximum(2 * (self.top[:, None] - self.value), 0))
        found = np.full((2, len(root)), np.inf) * np.array([[-1], [1]])
        for i, row in enumerate(root):
            outside = np.flatnonzero(row > np.sqrt(cut))
            right = np.searchsorted(LOGITS[outside], self.logit[i])
            for side, at in ((0, right - 1), (1, right)):
                if 0 <= at < len(outside):
                    last = outside[at]
                    nearer = last + (1 if side == 0 else -1)
                    share = (np.sqrt(cut) - row[nearer]) / (row[last] - row[nearer])
                    u = U[nearer] + share * (U[last] - U[nearer])
                    found[side, i] = 3 * np.sinh(u)
        return found


def check(rng: np.random.Generator, tables: Tables) -> int:
    """Print the largest difference, in points, from the package's own intervals."""
    worst = np.zeros(2)
    for k in STUDIES:
        n, x = drawn(rng, k, 1.5, 0.3)
        found, _ = intervals(tables, x[:40], n[:40])
        for i in range(40):
            estimate = pool(x[i], n[i])
            if estimate.bound is None:
                own = estimate.intervals[0]
                there = np.array([[own.low, own.high], estimate.ci])
                here = expit(found[[0, 2], :, i])
                worst = np.maximum(worst, np.abs(here - there).max(axis=1))
    print(f"posterior {100 * worst[0]:.2f}, used {100 * worst[1]:.2f} points")
    return 0


if __name__ == "__main__":
    sys.exit(main())
