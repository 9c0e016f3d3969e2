"""`python -m tests.bench.sketching`: processor time of one core for the sketch of a study."""

import time

import numpy as np

from engine.checks.sketch import sketch_of
from engine.domain.scan import Provenance, Scan
from engine.places import RESOURCES
from engine.registry.package import read_package

REPEATS = 15

STUDIES = (
    ("photograph, 720x293", "photograph", (293, 720, 3), "surface-pitting"),
    ("the same, by percentiles", "photograph", (293, 720, 3), "nuclei"),
    ("photograph, 12 megapixels", "photograph", (3000, 4000, 3), "surface-pitting"),
    ("the same, by percentiles", "photograph", (3000, 4000, 3), "nuclei"),
    ("CT, 300 slices of 512x512", "volume", (300, 512, 512), "ct-nodule-phantom"),
)
"""What it is, its kind and size, and the model whose window it is seen through. All of it is noise."""


def main():
    """Prints the least and the median of some repeats."""
    for name, kind, shape, model in STUDIES:
        spec = read_package(RESOURCES / "models" / model).card.input
        scan = _noise(kind, shape)
        sketch_of(scan, spec)
        spent_ms = sorted(_spent_ms(scan, spec) for _ in range(REPEATS))
        print(f"{name:26} {spent_ms[0]:6.2f} ms, median {spent_ms[REPEATS // 2]:6.2f} ms", flush=True)


def _spent_ms(scan, spec):
    started_s = time.process_time()
    sketch_of(scan, spec)
    return (time.process_time() - started_s) * 1e3


def _noise(kind, shape):
    generator, origin = np.random.default_rng(0), Provenance(("a",), "raw")
    if kind == "photograph":
        return Scan(generator.integers(0, 256, shape, np.uint8), kind, "PHOTO", "RGB", origin)
    voxels = generator.integers(-1100, 500, shape, np.int16)
    return Scan(voxels, kind, "CT", "MONOCHROME2", origin, slope=1.0, intercept=0.0, spacing_mm=(1.0, 1.0, 1.0))


if __name__ == "__main__":
    main()
