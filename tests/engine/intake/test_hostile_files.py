"""Files damaged at random, always the same ones: each is read or refused with a code, none crashes or hangs."""

from __future__ import annotations

import gzip
import random
import time
import zlib
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
import tifffile
from PIL import Image

from engine.errors import InputError
from engine.intake.describe import describe
from engine.intake.find import find
from engine.intake.read import Loaded, read
from tests.engine.intake.slices import at, write_series
from tests.engine.intake.test_metaimage import meta
from tests.engine.intake.test_nifti import VOXELS, nifti

DICOM = Path(__file__).parents[2] / "data" / "dicom"
MUTANTS = 30
"""Of each file; 28 files make some 800 mutants and a few seconds."""

RNG = np.random.default_rng(4)
RGB = RNG.integers(0, 256, (24, 40, 3), dtype=np.uint8)
GREY_16 = RNG.integers(0, 65536, (24, 40), dtype=np.uint16)


def picture(form: str, pixels: np.ndarray = RGB, **options: object) -> bytes:
    file = BytesIO()
    Image.fromarray(pixels).save(file, form, **options)
    return file.getvalue()


def tiff(pixels: np.ndarray, **options: object) -> bytes:
    file = BytesIO()
    tifffile.imwrite(file, pixels, **options)
    return file.getvalue()


SOUND: dict[str, Callable[[], bytes]] = {
    "colour.png": lambda: picture("PNG"),
    "sixteen.png": lambda: picture("PNG", GREY_16),
    "colour.jpg": lambda: picture("JPEG"),
    "progressive.jpg": lambda: picture("JPEG", progressive=True, exif=b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0"),
    "colour.bmp": lambda: picture("BMP"),
    "plain.tif": lambda: tiff(RGB),
    "deflate.tif": lambda: tiff(RGB, compression="deflate", predictor=True),
    "lzw.tif": lambda: tiff(GREY_16, compression="lzw"),
    "tiles.tif": lambda: tiff(np.tile(GREY_16, (2, 2)), tile=(16, 16), compression="zstd"),
    "jpeg.tif": lambda: tiff(np.tile(RGB, (2, 2, 1)), tile=(32, 32), compression="jpeg"),
    "big.tif": lambda: tiff(RGB, bigtiff=True),
    "float.tif": lambda: tiff(GREY_16.astype(np.float32) / 65535),
    "plain.nii": nifti,
    "packed.nii.gz": lambda: gzip.compress(nifti(version=2, order=">")),
    "local.mha": meta,
    "packed.mha": lambda: meta(zlib.compress(VOXELS.tobytes()), CompressedData="True", TransformMatrix=None),
} | {
    # JPEG-LS is left out: on rare broken streams CharLS 2.4.3 turns for seconds before it gives up, and only a child
    # process with a time limit can stop it.
    name: (DICOM / name).read_bytes
    for name in (
        "CT_small.dcm", "MR_small_implicit.dcm", "MR_small_bigendian.dcm", "MR_small_RLE.dcm",
        "MR_small_jp2klossless.dcm", "JPGExtended.dcm", "SC_rgb_rle_16bit.dcm", "SC_rgb_dcmtk_+eb+cy+s4.dcm",
        "SC_ybr_full_422_uncompressed.dcm", "liver_1frame.dcm", "rtplan.dcm", "DICOMDIR",
    )
}  # fmt: skip

EXTREMES = (b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff", b"\xff\xff\xff\x7f", b"\0\0\0\x80", b"\x80\0\0\0")


def mutant(sound: bytes, chance: random.Random) -> bytes:
    data = bytearray(sound)
    at = chance.randrange(min(len(data), chance.choice([64, 512, len(data)])))
    match chance.choice(["bytes", "extreme", "cut", "zeros", "more", "less", "twice"]):
        case "bytes":
            for _ in range(chance.randint(1, 8)):
                data[chance.randrange(len(data))] = chance.randrange(256)
        case "extreme":
            data[at : at + 4] = chance.choice(EXTREMES)
        case "cut":
            del data[at:]
        case "zeros":
            end = min(len(data), at + 64)
            data[at:end] = bytes(end - at)
        case "more":
            data[at:at] = chance.randbytes(chance.choice([1, 2, 16, 100]))
        case "less":
            del data[at : at + chance.choice([1, 2, 16, 100])]
        case "twice":
            data[at:at] = data[at : at + chance.randrange(1, 200)]
    return bytes(data)


def read_or_refused(path: Path) -> Loaded | InputError:
    try:
        return read(path)
    except InputError as refusal:
        return refusal


@pytest.mark.parametrize("name", SOUND)
def test_every_mutant_is_read_or_refused_with_a_code(name, tmp_path, capfd):
    sound, chance, path = SOUND[name](), random.Random(f"2 {name}"), tmp_path / name
    verdicts: Counter[str] = Counter()
    for number in range(MUTANTS):
        path.write_bytes(mutant(sound, chance))
        started_s = time.perf_counter()
        result = read_or_refused(path)
        assert time.perf_counter() - started_s < 10, f"mutant {number}"
        if isinstance(result, InputError):
            verdicts[result.code] += 1
            assert result.code.startswith("IN-")
            assert result.next_step
            assert str(result).isprintable()
            assert len(result.message) < 500 + len(str(path))
        else:
            verdicts["read"] += 1
            assert not result.scan.pixels.flags.writeable
            assert all(note.isprintable() for note in result.scan.provenance.repairs)
    assert len(verdicts) > 1, "mutants should not all end alike"
    assert capfd.readouterr() == ("", "")


def test_every_mutant_of_a_slice_leaves_its_series_read_or_refused_with_a_code(tmp_path, capfd):
    files = write_series(tmp_path, [at(depth) for depth in (0.0, 2.0, 4.0, 6.0, 8.0)])
    sound, chance = files[2].read_bytes(), random.Random("slices")
    verdicts: Counter[str] = Counter()
    for number in range(5 * MUTANTS):
        files[2].write_bytes(mutant(sound, chance))
        started_s = time.perf_counter()
        for description in map(describe, find([tmp_path])):
            verdicts[description.code or "read"] += 1
            assert description.status == "ok" or description.code.startswith("IN-")
            assert description.reason.isprintable()
        assert time.perf_counter() - started_s < 10, f"mutant {number}"
    assert len(verdicts) > 3, "mutants should not all end alike"
    assert capfd.readouterr() == ("", "")
