"""What a base is about: its ``_topic.yaml``, read and held against itself."""

from lupus_evidence.topics.file import TopicFile
from lupus_evidence.topics.reading import (
    bundled_file,
    bundled_topic,
    read_topic,
    topic_beside,
    topic_file,
    unnamed_topic,
)

__all__ = [
    "TopicFile",
    "bundled_file",
    "bundled_topic",
    "read_topic",
    "topic_beside",
    "topic_file",
    "unnamed_topic",
]
