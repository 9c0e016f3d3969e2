"""Volumes in every kind of NIfTI, MetaImage and NRRD that is read."""

from __future__ import annotations

import gzip
import tempfile
from collections.abc import Iterator
from pathlib import Path

import SimpleITK as sitk

from tests.conformance.manifest import BUNDLED
from tests.fuzz.content import Files, ct_volume


def nifti_kinds() -> Iterator[tuple[str, Files]]:
    """Real files of version 1 and 2, one in another byte order, plain and in gzip."""
    for path in sorted((BUNDLED / "nifti").iterdir()):
        yield path.name.partition(".")[0], ((path.name, path.read_bytes()),)
    ((_, plain),) = _written("ct.nii")
    yield "ct", (("ct.nii", plain),)
    yield "packed", (("packed.nii.gz", gzip.compress(plain, mtime=0)),)


def metaimage_kinds() -> Iterator[tuple[str, Files]]:
    """In one file, compressed, and as a header with its data beside it."""
    yield "local", _written("local.mha")
    yield "packed", _written("packed.mha", compressed=True)
    yield "beside", _written("beside.mhd")


def nrrd_kinds() -> Iterator[tuple[str, Files]]:
    """In one file, compressed, and as a header with its data beside it."""
    yield "local", _written("local.nrrd")
    yield "packed", _written("packed.nrrd", compressed=True)
    yield "beside", _written("beside.nhdr")


def _written(name: str, *, compressed: bool = False) -> Files:
    """What SimpleITK makes of a piece of a CT: one file, or a header and its data."""
    image = sitk.GetImageFromArray(ct_volume())
    image.SetSpacing((0.7, 0.7, 2.5))
    image.SetOrigin((-20.0, 30.0, 5.0))
    with tempfile.TemporaryDirectory() as folder:
        sitk.WriteImage(image, str(Path(folder) / name), useCompression=compressed)
        paths = sorted(Path(folder).iterdir(), key=lambda path: path.name != name)
        return tuple((path.name, path.read_bytes()) for path in paths)
