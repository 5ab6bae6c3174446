"""The kinds of value that a record's fields may hold, with their JSON Schema.

Numbers stay as papers print them: text, with decimals and a rounding window.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainSerializer,
    PlainValidator,
    Strict,
    WithJsonSchema,
)

from lupus_evidence.vocabulary import UNSPECIFIED, topic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pydantic import GetJsonSchemaHandler
    from pydantic_core import CoreSchema


_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,10})?")

#: Slack for binary arithmetic on decimal text, far below any printed digit.
_EPSILON = 1e-9


@dataclass(frozen=True)
class Reported:
    """A number as printed in a source.

    Parameters
    ----------
    text : str
        Plain decimal notation, for example ``"52.0"``; trailing zeros count.

    Raises
    ------
    ValueError
        If the text is not a plain decimal number.
    """

    text: str

    def __post_init__(self) -> None:
        if not _NUMBER.fullmatch(self.text):
            raise ValueError(f"{self.text!r} is not a plain decimal number")

    @cached_property
    def value(self) -> float:
        """The number itself, in the unit it was printed in."""
        return float(self.text)

    @property
    def decimals(self) -> int:
        """How many digits follow the decimal point."""
        return len(self.text.partition(".")[2])

    @property
    def window(self) -> tuple[float, float]:
        """The lowest and highest true value that rounds to this, ends included."""
        half = 0.5 * 10.0**-self.decimals
        return self.value - half, self.value + half

    def __str__(self) -> str:
        return self.text


def agrees(printed: Reported, true: float) -> bool:
    """Tell whether a value, rounded half up or half down, gives the printed number.

    Parameters
    ----------
    printed : Reported
        As in the paper.
    true : float
        The unrounded value in the same unit.
    """
    low, high = printed.window
    return low - _EPSILON <= true <= high + _EPSILON


def possible_counts(percent: Reported, n: int) -> range:
    """Return every count of people out of `n` that prints as this percentage.

    Parameters
    ----------
    percent : Reported
        The printed percentage (0-100).
    n : int
        People in the denominator, at least 1.

    Returns
    -------
    range
        In rising order; empty when no count of people can give the figure, which is
        the GRIM test failing (doi 10.1177/1948550616673876).

    Raises
    ------
    ValueError
        If `n` is below 1.

    Examples
    --------
    >>> list(possible_counts(Reported("50"), 6))
    [3]
    >>> list(possible_counts(Reported("71"), 26))
    []
    """
    if n < 1:
        raise ValueError(f"a denominator is at least 1, not {n}")
    low, high = percent.window
    first = max(0, math.ceil((low / 100) * n - _EPSILON))
    last = min(n, math.floor((high / 100) * n + _EPSILON))
    return range(first, last + 1)


def grim_power(percent: Reported, n: int) -> float:
    """Return the share of printable percentages that no count out of `n` gives.

    Near 1 the test would catch almost any misprint; at 0 it can catch none.

    Parameters
    ----------
    percent : Reported
        Only its number of decimals matters.
    n : int
        People in the denominator, at least 1.

    Returns
    -------
    float
        Proportion in 0-1: ``max(0, 1 - (n + 1) / (100 * 10**decimals + 1))``.
    """
    printable: float = 100 * 10.0**percent.decimals + 1
    return max(0.0, 1 - (n + 1) / printable)


#: The longest text a field may hold; a page of prose is about 3,000 characters.
MAX_TEXT = 4000

#: How templates mark what is to be filled in.
BLANK = "..."

#: The status of a record that nobody has filled in yet.
TO_READ = "to-read"

_DECIMAL = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def _reported(value: Any) -> Reported:  # noqa: ANN401 - whatever the file holds
    """Type a printed number, keeping its decimals."""
    if isinstance(value, Reported):
        return value
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise ValueError("should be a number as printed, such as 52.0")  # noqa: TRY004 - pydantic collects ValueErrors
    return Reported(str(value))


def _months(value: Any) -> Any:  # noqa: ANN401 - whatever the file holds
    """Refuse what counts no months: years, words, yes and no, a time before."""
    if isinstance(value, str) and _DECIMAL.fullmatch(value):
        return float(value)
    if type(value) not in {int, float} or value < 0:
        raise ValueError("should be months, such as 60")
    return value


def _partial_date(value: str) -> str:
    """Accept a year, a month or a day that exists."""
    match = _DATE.fullmatch(value)
    if match is None:
        raise ValueError("should be a date such as 2005, 2005-01 or 2005-01-31")
    year, month, day = match.groups()
    dt.date(int(year), int(month or 1), int(day or 1))
    return value


def _known(kind: str, names: Callable[[], Iterable[str]]) -> AfterValidator:
    """Make a validator that accepts only names of the topic in force."""

    def check(value: str) -> str:
        if value not in names():
            from lupus_evidence.errors import UnknownNameError

            raise ValueError(str(UnknownNameError(kind, value, tuple(names()))))
        return value

    return AfterValidator(check)


def _filled_in(value: str) -> str:
    """Refuse a template's blank that nobody filled in."""
    if value == BLANK:
        raise ValueError("is still a blank of the template")
    return value


Text = Annotated[
    str, Field(min_length=1, max_length=MAX_TEXT), AfterValidator(_filled_in)
]
#: The name of a field that a topic gives records.
FIELD_NAME = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"
_ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"
#: A DOI alone; where one stands in other text, `importing.identifiers.find_doi` knows.
DOI = r"^10\.[0-9]{4,9}/[!-~]+$"
_PMID, _PMCID = r"^[0-9]{1,9}$", r"^PMC[0-9]{1,9}$"
_REGISTRATION = r"^[A-Za-z][A-Za-z0-9 /-]*[0-9]$"
_COUNTRY, _URL, _CODE = r"^[A-Z]{2}$", r"^https?://[!-~]+$", r"^[EW][0-9]{3}$"
#: What a text with a form of its own should be, by its pattern.
WRITTEN: dict[str, str] = {
    _ID: "lower-case letters, digits and single hyphens, such as doe-2020",
    DOI: "a DOI alone, such as 10.1000/182",
    _PMID: 'a number of PubMed in quotes, such as "12345678"',
    _PMCID: "a number of PubMed Central, such as PMC1234567",
    _REGISTRATION: "a registry's number, such as NCT02633163",
    FIELD_NAME: "small letters, digits and single underscores, such as skin_score",
    _COUNTRY: "a country's two capital letters, such as CN",
    _URL: "an address that begins with https://",
    _CODE: "a check's code, such as E204",
    r"^[0-9a-f]{64}$": "a SHA-256 digest: 64 digits and small letters to f",
}
Identifier = Annotated[str, Field(pattern=_ID, min_length=2, max_length=60)]
Count = Annotated[int, Strict(), Field(ge=0, le=1_000_000)]
Year = Annotated[int, Strict(), Field(ge=1950, le=2100)]
Months = Annotated[
    float,
    Field(ge=0, le=1200, allow_inf_nan=False),
    BeforeValidator(_months),
]
Printed = Annotated[
    Reported,
    PlainValidator(_reported),
    PlainSerializer(str, return_type=str),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": r"^[+-]?[0-9]+(\.[0-9]+)?$"},
                {"type": "number"},
            ],
            "description": "A number as printed, with its decimals.",
        }
    ),
]
PartialDate = Annotated[
    str,
    AfterValidator(_partial_date),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}){0,2}$"},
                {"type": "integer"},
            ]
        }
    ),
]
Doi = Annotated[str, Field(pattern=DOI)]
Pmid = Annotated[str, Field(pattern=_PMID)]
Pmcid = Annotated[str, Field(pattern=_PMCID)]
Registration = Annotated[str, Field(pattern=_REGISTRATION)]
Country = Annotated[str, Field(pattern=_COUNTRY)]
Url = Annotated[str, Field(pattern=_URL, max_length=500)]


def _named(kind: str, names: Callable[[], Iterable[str]]) -> Any:  # noqa: ANN401 - a type
    """Return the type of a name of the topic in force."""

    class Names:
        """Lists the names in the JSON Schema of the topic in force."""

        @classmethod
        def __get_pydantic_json_schema__(
            cls, core: CoreSchema, handler: GetJsonSchemaHandler
        ) -> dict[str, Any]:
            return {"enum": list(names()), "type": "string"}

    return Annotated[str, _known(kind, names), Names]


if TYPE_CHECKING:
    TherapyName = str
    ClaimedTherapyName = str
    EndpointName = str
    MeasureName = str
    ScopeName = str
else:
    TherapyName = _named("therapy", lambda: topic().therapies)
    ClaimedTherapyName = _named("therapy", lambda: (*topic().therapies, UNSPECIFIED))
    EndpointName = _named("endpoint", lambda: topic().endpoints)
    MeasureName = _named("measure", lambda: topic().measures)
    ScopeName = _named("scope", lambda: topic().scopes)
Code = Annotated[str, Field(pattern=_CODE)]
