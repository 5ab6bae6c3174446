"""An invented picture of survival over time: everything that can happen, once."""

from __future__ import annotations

from dataclasses import replace
from math import exp

from lupus_evidence.documents.curve import (
    CurvePlot,
    CurvePoint,
    CurveRow,
    DrawnCurve,
    StudyPoint,
)
from lupus_evidence.documents.values import People, Rate

LEGEND = (
    ("counted", "counted at a visit"),
    ("estimated", "read off a curve"),
    ("over-follow-up", "counted over follow-up"),
    ("early-deaths", "early deaths alone"),
)


def points(months, early, later, wide):
    """A curve that falls fast for half a year, and slowly then."""
    found = []
    for month in range(months + 1):
        risk = early * min(month, 6) / 6 + later * max(0, month - 6) / 12
        found.append(
            CurvePoint(
                float(month),
                exp(-risk),
                exp(-risk * wide),
                exp(-risk / wide),
                exp(-risk * wide * 1.8),
                exp(-risk / wide / 1.8),
            )
        )
    return tuple(found)


def rows(curve, people):
    """Rows of a curve's table; the last that one study alone reaches has its count."""
    found = []
    for months, (count, studies) in people.items():
        at = next((point for point in curve if point.months == months), None)
        single = None if at else People(12, 14)
        if at is None:
            found.append(CurveRow(months, None, None, None, count, studies, single))
            continue
        rate = Rate(at.alive, at.low, at.high, unit="per 100")
        found.append(
            CurveRow(months, rate, at.new_low, at.new_high, count, studies, single)
        )
    return tuple(found)


OWN = points(84, 0.05, 0.0246, 1.7)
DONOR = points(12, 0.04, 0.03, 1.9)


def hsct():
    """Seven years, with a point of each kind."""
    return DrawnCurve(
        "hsct",
        "autologous haematopoietic stem cell transplantation",
        "own stem cells",
        0,
        OWN,
        (
            StudyPoint("bell-2004", "Bell 2004", 12, 0.92, "counted", 31),
            StudyPoint("ames-2001", "Ames 2001", 60, 0.84, "estimated", 50),
            StudyPoint("cole-2010", "Cole 2010", 29, 0.79, "over-follow-up", 14),
            StudyPoint("dunn-2012", "Dunn 2012", 3, 0.96, "early-deaths", 162),
            StudyPoint(
                "east-2013", "East 2013", 60, 0.73, "estimated", 9, pooled=False
            ),
        ),
        rows(
            OWN,
            {
                6: (421, 9),
                12: (350, 8),
                24: (300, 6),
                36: (210, 5),
                60: (96, 3),
                84: (40, 2),
                120: (14, 1),
            },
        ),
    )


def msc():
    """One year."""
    return DrawnCurve(
        "msc",
        "allogeneic mesenchymal stem cells",
        "donor cells",
        1,
        DONOR,
        (
            StudyPoint("ford-2014", "Ford 2014", 12, 0.95, "counted", 81),
            StudyPoint("gray-2015", "Gray 2015", 6, 0.99, "counted", 40),
            StudyPoint("hall-2016", "Hall 2016", 12, 0.9, "counted", 20, pooled=False),
        ),
        rows(DONOR, {6: (181, 6), 12: (141, 4), 60: (14, 1)}),
    )


def car_t():
    """No curve, and why."""
    return DrawnCurve(
        "car-t",
        "CAR T cells",
        "CAR T cells",
        2,
        (),
        (),
        (CurveRow(12, None, None, None, 5, 1, People(5, 5)),),
        "one study, of 5 people",
    )


def invented(*curves, **changed):
    """The picture of all three, or of others."""
    plot = CurvePlot(
        "Alive after treatment",
        curves or (hsct(), msc(), car_t()),
        "Alive, of 100 people",
        "Different studies, different people: what lies between two curves may come "
        "from who was treated, not from the treatment.",
        LEGEND,
        ("Two studies assume an error of their curve.",),
        "Bayesian model of piecewise hazards.",
        "lupus-evidence 0.1.0, records 2026-11-01, searched 2026-10-20",
    )
    return replace(plot, **changed)
