"""Statistics of proportions: floats in, frozen estimates out; knows no study.

Nothing is imported here, so that a table of single rates starts without numpy:
ask for `stats.proportions`, `stats.pooling`, `stats.indirect_contrasts` or
`stats.direct_effects` by name.
"""
