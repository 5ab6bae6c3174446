"""Figures as the messages of checks print them."""

from __future__ import annotations


def share(events: float, n: float, decimals: int = 1) -> str:
    """Return ``events / n`` in percent, to as many decimals as the check needs."""
    return f"{100 * events / n:.{decimals}f} %"


def months(value: float) -> str:
    """Return a time in words, "24 months"."""
    return f"{value:g} month{'' if value == 1 else 's'}"


def people(n: int) -> str:
    """Return a number of people in words."""
    return f"{n:,} {'person' if n == 1 else 'people'}"
