"""A CT image of 400 x 300 pixels whose values rise to the right, with a window of its own."""

import numpy as np

from engine.domain.scan import Provenance, Scan

CT = Scan(
    np.tile(np.arange(400, dtype=np.int16), (300, 1)),
    "image",
    "CT",
    "MONOCHROME2",
    Provenance(("part.png",), "test"),
    slope=2.0,
    intercept=-1000.0,
    window=(40.0, 400.0),
)
