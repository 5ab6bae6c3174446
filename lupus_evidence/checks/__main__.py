"""``python -m lupus_evidence.checks`` prints what docs/checks.md holds."""

import sys

from lupus_evidence.checks.rules import document_all

sys.stdout.write(document_all())
