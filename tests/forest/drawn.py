"""A small invented base for forest plots: everything that can happen, once."""

from __future__ import annotations

from evidence.made import base_of, count, estimate, study


def named(name, *results, **more):
    """A study whose first author and year are those of its id."""
    word, year = name.split("-")
    citation = {"authors": [f"{word.capitalize()} A"], "year": int(year)}
    return study(name, *results, citation=citation, **more)


def invented():
    """Two therapies, pooled and single, with results that are left out."""
    return base_of(
        named("ames-2001", count("any-remission", 9, 12), therapy="hsct", n=12),
        named("bell-2004", count("any-remission", 20, 31), therapy="hsct", n=31),
        named("cole-2010", count("any-remission", 14, 14), therapy="hsct", n=14),
        named(
            "dunn-2012",
            count("any-remission", 5, 9),
            estimate("overall-survival", "84", se="8"),
            therapy="hsct",
            n=9,
            shares=["bell-2004"],
        ),
        named(
            "east-2013",
            count("any-remission", 6, 25),
            count("relapse", 0, 25),
            count("complete-remission", 2, 25, at=24),
            n=25,
        ),
        named("ford-2014", count("any-remission", 1, 2), n=2),
        named("gray-2015", count("relapse", 0, 40), n=40),
        named("hall-2016", count("death", 2, 40, lupus_specific=False), n=40),
    )
