"""Templates that `new` fills in."""
