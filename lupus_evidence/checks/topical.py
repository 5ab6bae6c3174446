"""What the base is about: its topic, said and fitting together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.checks.registry import FINE, Finding, Verdict, check, document

if TYPE_CHECKING:
    from lupus_evidence.load import EvidenceBase

document(
    "E115",
    """
    A topic that does not fit together.

    What it checks
    --------------
    In `_topic.yaml`, every therapy, outcome and scope that is named is there; no
    therapy includes itself; an outcome and its opposite name each other; stretches of
    time follow one another; no field has a name that every record uses.

    Why it matters
    --------------
    Every list, figure and page follows the topic: a name that leads nowhere would be
    left out without a word.

    Example
    -------
        compare: [hsct, mcs]

    Source
    ------
    Follows from what a topic is: docs/topics.md.
    """,
)


@check("W521", "base")
def topic_not_said(base: EvidenceBase) -> Verdict:
    """The base does not say what it is about.

    What it checks
    --------------
    A folder of records has a `_topic.yaml`, or lies in one that has; the bundled
    topic's own field in a record says that the base is of that topic.

    Why it matters
    --------------
    Without it pages name no condition, and therapies and outcomes are those of the
    bundled topic.

    Example
    -------
        # in _topic.yaml, to take them over on purpose
        extends: lupus
        title: Stem cells for systemic sclerosis
        about: Published rates of stem-cell treatment for systemic sclerosis
        condition: {name: systemic sclerosis, field: sclerosis}

    Source
    ------
    The convention of this evidence base.
    """
    if base.root is None or not base.files:
        return None
    if base.topic.is_named:
        return FINE
    hint = "write one, or start with `lupus-evidence init`: see docs/topics.md"
    message = "no _topic.yaml says what the base is about"
    return [Finding((), message, hint, file=base.files[0])]
