"""Published rates of stem-cell treatment for lupus, pooled and compared honestly."""

from __future__ import annotations

__version__ = "0.1.0"
