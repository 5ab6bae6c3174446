"""Published rates of treatments, pooled and compared honestly."""

from __future__ import annotations

from lupus_evidence.vocabulary.topic import Topic, usual_topic

__version__ = "0.1.0"


def _bundled_topic() -> Topic:
    """Return the topic of the bundled records, read when somebody asks for it."""
    from lupus_evidence.topics import bundled_topic

    return bundled_topic()


usual_topic(_bundled_topic)
