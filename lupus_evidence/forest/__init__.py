"""Data for a forest plot: every study's rate beside the figure it enters."""
