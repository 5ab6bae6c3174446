"""The templates that hold every sentence, and documents made from them.

A template reads as the text it makes. Each line says by its first sign what it is::

    # title of the document
    > what stands under it
    ## name: heading of a section, which a person can ask for by its name
    ### heading of the list, the facts or the table that follows
    - item of a list
    = label: a labelled fact
    ^ sign: a note below a table, whose cells name its sign
    ! a note, which is read second
    [[table]]      a table or picture that Python made, by its name
    anything else is a paragraph; lines that belong together need no sign,
    an empty line ends them.

Values come in typed and unrounded; filters say how they are shown. A value is always
text: one that begins with a sign, or holds a line break, changes nothing.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from lupus_evidence.documents import text as words
from lupus_evidence.documents.document import (
    Document,
    Facts,
    Paragraph,
    Section,
    Sentences,
    Table,
)
from lupus_evidence.documents.values import People, Rate, Share
from lupus_evidence.pages.phrases import PHRASES
from lupus_evidence.records.silence import silence_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jinja2 import Environment

    from lupus_evidence.documents.curve import CurvePlot
    from lupus_evidence.documents.document import Block
    from lupus_evidence.documents.flowchart import FlowChart
    from lupus_evidence.documents.plot import Plot

    #: What a template can place by name.
    Placed = Table | Plot | CurvePlot | FlowChart

#: Put before a value so that no sign at its start is taken for the template's own.
#: `visible` leaves none in a text.
_SHIELD = "\x00"

#: What every template knows of the field's words.
_VOCABULARY = (
    "BIAS",
    "DENOMINATORS",
    "NAMED_ENDPOINTS",
    "TIME_BASES",
    "topic",
)


def _shown(value: object) -> str:
    """Return a value as text: numbers rounded, nothing that could be a sign."""
    if value is None or value == "":
        return ""
    if isinstance(value, (People, Rate, Share, float, bool)):
        return words.cell(value)
    if not isinstance(value, str):
        return str(value)
    return _SHIELD + words.visible(_plain(value))


def _plain(text: str) -> str:
    """Return text without the shields that it has where a macro made it."""
    return text.replace(_SHIELD, "")


def _words() -> dict[str, dict[str, str]]:
    """Read the words for codes."""
    import yaml

    text = files("lupus_evidence.pages").joinpath("templates/words.yaml")
    return dict(yaml.safe_load(text.read_text("utf-8")))


#: Words for codes, by what they are codes of.
WORDS = _words()


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the environment of all text templates; nothing in it is undefined."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    from lupus_evidence import vocabulary

    made = Environment(
        loader=PackageLoader("lupus_evidence.pages"),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - plain text; the writers escape for their form
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "between": lambda ends: words.between(*ends),
        "capital": lambda text: words.capital(_plain(text)),
        "listed": words.listed,
        "number": words.number,
        "percent": words.percent,
        "plural": words.plural,
        "points": words.points,
        "shortened": words.shortened,
        "silence": silence_in_words,
        "time_span": words.time_span,
        "small": lambda text: words.small(_plain(text)),
        "worded": lambda text: vocabulary.filled(text, vocabulary.topic().condition),
    }
    made.globals |= {**PHRASES, "words": WORDS}
    made.globals |= {name: getattr(vocabulary, name) for name in _VOCABULARY}
    return made


@cache
def _macros(name: str) -> Any:  # noqa: ANN401 - Jinja's own module
    """Return a template's macros."""
    return environment().get_template(name).module


def sentence(template: str, macro: str, *given: object, **named: object) -> str:
    """Return what a macro of a template says, on one line.

    Parameters
    ----------
    template : str
        File of the template, such as "comparison.j2".
    macro : str
        Its macro; hyphens may stand for underscores.
    *given, **named
        What the macro takes.
    """
    made = getattr(_macros(template), macro.replace("-", "_"))(*given, **named)
    return " ".join(str(made).replace(_SHIELD, "").split())


def has_sentence(template: str, macro: str) -> bool:
    """Tell whether a template has a macro of this name."""
    return hasattr(_macros(template), macro.replace("-", "_"))


def document(
    template: str,
    tables: Mapping[str, Placed] | None = None,
    **values: object,
) -> Document:
    """Return the document that a template makes.

    Parameters
    ----------
    template : str
        File of the template.
    tables : mapping of str to Table, Plot, CurvePlot or FlowChart, optional
        Tables and pictures that the template places, by name.
    **values
        What the template shows.

    Raises
    ------
    KeyError
        If the template places a table that is not there.
    """
    made = environment().get_template(template).render(values)
    return _Reading(tables or {}).read(made)


class _Reading:
    """A rendered template on its way to a document."""

    def __init__(self, tables: Mapping[str, Placed]) -> None:
        self.tables = tables
        self.title = self.subtitle = self.heading = ""
        self.blocks: list[Block] = []
        self.section: tuple[str, str] | None = None
        self.inside: list[Block] = []

    def read(self, made: str) -> Document:
        """Return the document."""
        for sign, text in _statements(made):
            self._take(sign, text.replace(_SHIELD, ""))
        self._close()
        return Document(self.title, self.subtitle, tuple(self.blocks))

    def _take(self, sign: str, text: str) -> None:
        """Put one statement where it belongs."""
        match sign:
            case "# ":
                self.title = text
            case "> ":
                self.subtitle = text
            case "## ":
                self._close()
                name, _, heading = text.partition(": ")
                self.section = name, heading
            case "### ":
                self.heading = text
            case "[[":
                table = self.tables[text.removesuffix("]]")]
                self._add(replace(table, title=self.heading or table.title))
            case "- ":
                self._list(text)
            case "= " | "^ ":
                label, _, fact = text.partition(": ")
                self._fact(label, fact, notes=sign == "^ ")
            case "! ":
                self._add(Paragraph(text, note=True))
            case _:
                self._add(Paragraph(text))

    def _add(self, block: Block) -> None:
        """Add a block to the open section, or to the document."""
        self.heading = ""
        (self.blocks if self.section is None else self.inside).append(block)

    def _last(self) -> Block | None:
        """Return the block before, unless a heading stands between."""
        place = self.blocks if self.section is None else self.inside
        return place[-1] if place and not self.heading else None

    def _list(self, text: str) -> None:
        """Add an item to the list before, or begin one."""
        last = self._last()
        if isinstance(last, Sentences):
            self._replace(replace(last, items=(*last.items, text)))
        else:
            self._add(Sentences(self.heading, (text,)))

    def _fact(self, label: str, fact: str, *, notes: bool = False) -> None:
        """Add a fact to those before, or begin a group of them."""
        last = self._last()
        if isinstance(last, Facts) and last.notes == notes:
            self._replace(replace(last, pairs=(*last.pairs, (label, fact))))
        else:
            self._add(Facts(self.heading, ((label, fact),), notes))

    def _replace(self, block: Block) -> None:
        """Put a block in the place of the last one."""
        (self.blocks if self.section is None else self.inside)[-1] = block

    def _close(self) -> None:
        """End the open section; one without content is left out."""
        if self.section is not None and self.inside:
            name, heading = self.section
            self.blocks.append(Section(name, heading, tuple(self.inside)))
        self.section, self.inside, self.heading = None, [], ""


_SIGNS = ("### ", "## ", "# ", "> ", "- ", "= ", "^ ", "! ", "[[")

#: A heading or a table ends with its line; a title may go on below.
_ONE_LINE = frozenset({"## ", "### ", "[["})


def _statements(made: str) -> Iterator[tuple[str, str]]:
    """Yield each statement with its sign, its lines joined."""
    sign = ""
    parts: list[str] = []
    for line in [*made.split("\n"), ""]:
        found = next((one for one in _SIGNS if f"{line} ".startswith(one)), "")
        if parts and (found or sign in _ONE_LINE or not line.strip()):
            yield sign, " ".join(" ".join(parts).split())
            parts = []
        if not parts:
            sign = found
        if line.strip():
            parts.append(line[len(found) :] if not parts else line)
