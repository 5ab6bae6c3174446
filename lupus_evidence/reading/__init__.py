"""An article as people publish it, read for what it says of the evidence."""
