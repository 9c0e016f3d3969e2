"""Simulated chest CT with nodules, from a seed: `docs/phantom.md` says what it is like and what it is not.

`case` is the way of one scan: a `thorax` with a `chest_wall`, `trees`, `nodules` and `mimics` is painted by `raster`
onto a canvas finer than the slices, and `scanner` makes the scan of it. `data_set` writes many with their truth.
"""
