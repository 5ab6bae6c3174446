"""The number behind a result, which ones enter a figure, and why others do not."""
