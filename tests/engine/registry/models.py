"""A finished source folder of a model, cards and scans for the tests of the registry."""

import zipfile
from pathlib import Path

import numpy as np
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from PIL import Image

from engine.domain.region import Region
from engine.domain.scan import Provenance, Scan
from engine.registry.golden import regions_json
from engine.registry.reference import measure, reference_json
from tests.engine.tiny_model import MANIFEST, graph_of

SPOT = Region("spot", 0.1 + 0.2, "sure", box_px=(4.0, 4.0, 12.0, 1 / 3))


def write_source(folder: Path, manifest: str = MANIFEST) -> Path:
    """The folder that a finished training leaves to be packed."""
    (folder / "golden").mkdir(parents=True)
    (folder / "manifest.toml").write_text(manifest)
    (folder / "model.onnx").write_bytes(graph_of())
    (folder / "CARD.md").write_text("# bright-spots\nA model of the tests.\n")
    pixels = np.zeros((32, 32), np.uint8)
    (folder / "reference.json").write_text(reference_json(measure([pixels])))
    pixels[4:12, 4:12] = 255
    Image.fromarray(pixels).save(folder / "golden" / "spot.png")
    (folder / "golden" / "spot.json").write_text(regions_json((SPOT,)))
    return folder


def trust(home, key, name="site"):
    """Makes a home trust a key."""
    folder = home.keys / "trusted"
    folder.mkdir(parents=True, exist_ok=True)
    pem = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (folder / f"{name}.pub").write_bytes(pem)


def rezip(source: Path, target: Path, **changed: bytes | None) -> Path:
    """Copies a zip with some files replaced, added or (None) left out; `__` in a name stands for a dot."""
    changes = {name.replace("__", "."): data for name, data in changed.items()}
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "x") as new:
        kept = {name: old.read(name) for name in old.namelist()} | changes
        for name, data in kept.items():
            if data is not None:
                new.writestr(name, data)
    return target


def photograph(height=64, width=48, colour=False):
    """A photograph; grey unless asked for."""
    shape = (height, width, 3) if colour else (height, width)
    photometric = "RGB" if colour else "MONOCHROME2"
    return Scan(np.zeros(shape, np.uint8), "photograph", "photo", photometric, Provenance(("a.png",), "test"))


def ct(spacing_mm=(2.5, 0.7, 0.7), shape=(4, 64, 64)):
    """A CT volume."""
    provenance = Provenance(("a.dcm",), "test")
    return Scan(np.zeros(shape, np.int16), "volume", "CT", "MONOCHROME2", provenance, spacing_mm=spacing_mm)
