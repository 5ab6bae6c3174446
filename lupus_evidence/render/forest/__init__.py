"""A forest plot on a terminal, or as a figure for a journal."""
