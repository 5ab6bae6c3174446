"""A small invented base for forest plots: everything that can happen, once."""

from __future__ import annotations

from evidence.made import base_of, count, estimate, study


def invented():
    """Two therapies, pooled and single, with results that are left out."""
    return base_of(
        study("ames-2001", count("any-remission", 9, 12), therapy="hsct", n=12),
        study("bell-2004", count("any-remission", 20, 31), therapy="hsct", n=31),
        study(
            "cole-2010",
            count("any-remission", 14, 14),
            therapy="hsct",
            n=14,
            year=2010,
        ),
        study(
            "dunn-2012",
            count("any-remission", 5, 9),
            estimate("overall-survival", "84", se="8"),
            therapy="hsct",
            n=9,
            shares=["bell-2004"],
        ),
        study(
            "east-2013",
            count("any-remission", 6, 25),
            count("relapse", 0, 25),
            count("complete-remission", 2, 25, at=24),
            n=25,
        ),
        study("ford-2014", count("any-remission", 1, 2), n=2),
        study("gray-2015", count("relapse", 0, 40), n=40),
        study("hall-2016", count("death", 2, 40, lupus_specific=False), n=40),
    )
