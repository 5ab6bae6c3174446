"""What records must keep: each check is a function whose docstring is its page."""

from lupus_evidence.checks.pages import catalogue, codes, sections
from lupus_evidence.checks.report import CheckReport
from lupus_evidence.checks.running import run

__all__ = ["CheckReport", "catalogue", "codes", "run", "sections"]
