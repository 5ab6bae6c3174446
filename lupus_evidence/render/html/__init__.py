"""The report as one self-contained page that needs no network and no script."""

from lupus_evidence.render.html.page import render_report

__all__ = ["render_report"]
