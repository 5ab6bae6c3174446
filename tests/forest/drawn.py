"""A small invented base for forest plots: everything that can happen, once."""

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
