"""The words of the field: therapies, endpoints, denominators, times.

One word has one meaning everywhere: in the records, on the command line and in
every output. Nothing here knows a study.
"""

from __future__ import annotations

from lupus_evidence.vocabulary.denominators import (
    DENOMINATORS,
    KINDS,
    TIME_BASES,
    Denominator,
    TimeBasis,
)
from lupus_evidence.vocabulary.endpoints import (
    COMMON,
    ENDPOINTS,
    MAIN_HARMS,
    NAMED_ENDPOINTS,
    VERY_COMMON,
    Endpoint,
    family_of,
    is_judged,
    siblings_of,
)
from lupus_evidence.vocabulary.measures import (
    MEASURES,
)
from lupus_evidence.vocabulary.names import (
    AMONG,
    CONTROLLED_DESIGNS,
    DESIGNS,
    FAMILIES,
    READINGS,
    SCOPES,
    STATUSES,
    Among,
    Basis,
    Certainty,
    Design,
    Direction,
    Family,
    Kind,
    Look,
    Publication,
    Reading,
    Scope,
    Status,
)
from lupus_evidence.vocabulary.therapies import (
    DEFAULT_THERAPIES,
    THERAPIES,
    Therapy,
    broadest,
    therapy_includes,
)
from lupus_evidence.vocabulary.times import (
    ALL_BANDS,
    ANY_TIME,
    BANDS,
    BEST_EVER,
    EARLY,
    NOT_STATED,
    Band,
    band_for,
    band_of,
)

__all__ = [
    "ALL_BANDS",
    "AMONG",
    "ANY_TIME",
    "BANDS",
    "BEST_EVER",
    "COMMON",
    "CONTROLLED_DESIGNS",
    "DEFAULT_THERAPIES",
    "DENOMINATORS",
    "DESIGNS",
    "EARLY",
    "ENDPOINTS",
    "FAMILIES",
    "KINDS",
    "MAIN_HARMS",
    "MEASURES",
    "NAMED_ENDPOINTS",
    "NOT_STATED",
    "READINGS",
    "SCOPES",
    "STATUSES",
    "THERAPIES",
    "TIME_BASES",
    "VERY_COMMON",
    "Among",
    "Band",
    "Basis",
    "Certainty",
    "Denominator",
    "Design",
    "Direction",
    "Endpoint",
    "Family",
    "Kind",
    "Look",
    "Publication",
    "Reading",
    "Scope",
    "Status",
    "Therapy",
    "TimeBasis",
    "band_for",
    "band_of",
    "broadest",
    "family_of",
    "is_judged",
    "siblings_of",
    "therapy_includes",
]
