"""The tools of appraisal, and what the appraisals of a study say of its results."""

from lupus_evidence.appraisal.judging import (
    Judgement,
    Light,
    Score,
    accepted,
    closeness,
    is_about,
    judged_level,
    judgement,
    judgements,
    keeps_to,
    lights,
    rows_of,
)
from lupus_evidence.appraisal.tools import Tool, overall, tool_names, tool_of, tools

__all__ = [
    "Judgement",
    "Light",
    "Score",
    "Tool",
    "accepted",
    "closeness",
    "is_about",
    "judged_level",
    "judgement",
    "judgements",
    "keeps_to",
    "lights",
    "overall",
    "rows_of",
    "tool_names",
    "tool_of",
    "tools",
]
