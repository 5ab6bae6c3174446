"""Which published results enter a pooled figure, and why each other one does not."""
