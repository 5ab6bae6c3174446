"""Small invented bases for forest plots: everything that can happen, once."""

from __future__ import annotations

from evidence.made import base_of, cited, count, estimate


def invented():
    """Two therapies, pooled and single, with results that are left out."""
    return base_of(
        cited("ames-2001", count("any-remission", 9, 12), therapy="hsct", n=12),
        cited("bell-2004", count("any-remission", 20, 31), therapy="hsct", n=31),
        cited("cole-2010", count("any-remission", 14, 14), therapy="hsct", n=14),
        cited(
            "dunn-2012",
            count("any-remission", 5, 9),
            estimate("overall-survival", "84", se="8"),
            therapy="hsct",
            n=9,
            shares=["bell-2004"],
        ),
        cited(
            "east-2013",
            count("any-remission", 6, 25),
            count("relapse", 0, 25),
            count("complete-remission", 2, 25, at=24),
            n=25,
        ),
        cited("ford-2014", count("any-remission", 1, 2), n=2),
        cited("gray-2015", count("relapse", 0, 40), n=40),
        cited("hall-2016", count("death", 2, 40, lupus_specific=False), n=40),
    )


def trial(
    name, first, second, *, arms=("uc-msc", "conventional"), at=12, more=(), **about
):
    """A trial by lot of complete remission: events and people of both arms."""
    results = [
        count("complete-remission", events, n, at=at, arm=arm, scope="kidney")
        for arm, (events, n) in zip(("cells", "usual"), (first, second), strict=True)
    ]
    return cited(
        name,
        *results,
        *more,
        arms={
            "cells": {"therapy": arms[0], "n": first[1]},
            "usual": {"therapy": arms[1], "n": second[1]},
        },
        n=first[1] + second[1],
        **{"design": "randomised-trial", **about},
    )


def trials():
    """Three trials by lot, one without a lot, and one that shares people."""
    return base_of(
        trial("adams-2024", (16, 40), (10, 40)),
        trial("brown-2025", (27, 60), (18, 60)),
        trial("clark-2026", (40, 100), (24, 100)),
        trial("drake-2023", (3, 10), (2, 10), shares=["adams-2024"]),
        trial("evans-2022", (9, 30), (6, 30), design="controlled-trial"),
    )
