"""What records must keep: each check is a function whose docstring is its page."""

from lupus_evidence.checks.rules import catalogue, codes, sections
from lupus_evidence.checks.running import CheckReport, run

__all__ = ["CheckReport", "catalogue", "codes", "run", "sections"]
