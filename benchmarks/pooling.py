"""Time single fits, against a matrix product and against published metafor times.

python benchmarks/pooling.py

Asserts nothing: it prints milliseconds, the ratio to one product of two 500 x 500
matrices on the same machine in the same minute, and the ratio to metafor 3.8-1's
`rma.glmm` in process (78 ms for 14 studies, 6.7 s for 1000; R's start not counted).
"""

import itertools
import time
from collections.abc import Callable
from functools import partial

import numpy as np

from lupus_evidence.stats import glmm
from lupus_evidence.stats.bayes import posterior
from lupus_evidence.stats.pooling import pool

Counts = tuple[float, ...]

SIZES = (2, 14, 100, 1000)
METAFOR_MS = {14: 78.0, 1000: 6700.0}
REPEATS, MOST_SECONDS = 30, 3.0
FRESH = itertools.count()


def main() -> None:
    """Print one line per method and number of studies."""
    matrix = np.random.default_rng(0).standard_normal((500, 500))
    product = median_ms(lambda: matrix @ matrix)
    print(f"one 500 x 500 matrix product: {product:.2f} ms\n")
    print(f"{'fit':<28}{'k':>6}{'ms':>10}{'products':>10}{'metafor':>10}")
    for k in SIZES:
        for name, fit in FITS.items():
            taken = median_ms(partial(fit, *simulated(k)))
            there = METAFOR_MS.get(k) if name != "reml" else None
            ratio = f"{taken / there:10.3f}" if there else f"{'-':>10}"
            print(f"{name:<28}{k:>6}{taken:>10.2f}{taken / product:>10.1f}{ratio}")


def fitted_glmm(events: Counts, n: Counts) -> object:
    """Fit by maximum likelihood."""
    return glmm.fit(glmm.group_studies(events, n))


def fresh_posterior(events: Counts, n: Counts) -> object:
    """Compute a posterior that is not yet remembered: no prior scale comes twice."""
    return posterior(events, n, 1 + next(FRESH) * 1e-12).new_study


def widened(events: Counts, n: Counts) -> object:
    """Pool by the default where studies differ: both fits, both ranges, the guard.

    Every second study has its people with and without the outcome exchanged.
    """
    apart = [
        size - x if i % 2 else x
        for i, (x, size) in enumerate(zip(events, n, strict=True))
    ]
    return pool(apart, n, tau_prior=1 + next(FRESH) * 1e-12)


def fitted_reml(events: Counts, n: Counts) -> object:
    """Pool logits by REML."""
    return pool(events, n, method="reml")


FITS: dict[str, Callable[[Counts, Counts], object]] = {
    "glmm": fitted_glmm,
    "bayes with prediction": fresh_posterior,
    "bayes, studies that differ": widened,
    "reml": fitted_reml,
}


def simulated(k: int) -> tuple[Counts, Counts]:
    """Return counts of k studies of 4 to 87 people, logit 0.5 and tau 0.7."""
    rng = np.random.default_rng(k)
    n = rng.integers(4, 88, k)
    x = rng.binomial(n, 1 / (1 + np.exp(-rng.normal(0.5, 0.7, k))))
    return tuple(float(value) for value in x), tuple(float(value) for value in n)


def median_ms(work: Callable[[], object]) -> float:
    """Return the median time of a piece of work in milliseconds."""
    work()
    times: list[float] = []
    while len(times) < REPEATS and sum(times) < MOST_SECONDS:
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return 1000 * float(np.median(times))


if __name__ == "__main__":
    main()
