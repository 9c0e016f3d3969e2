"""What `fovea inspect` says of what was found."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict

import numpy as np
from PIL import Image

from engine.intake.describe import describe
from engine.intake.find import find


def test_a_picture_is_described_by_its_upright_shape_and_the_hash_of_its_stored_pixels(tmp_path):
    pixels = np.arange(24, dtype=np.uint8).reshape(4, 6)
    exif = Image.Exif()
    exif[0x0112] = 8
    Image.fromarray(pixels).save(tmp_path / "a.png", exif=exif)
    (description,) = (describe(found) for found in find([tmp_path]))
    assert description.status == "ok"
    assert description.code == ""
    assert description.kind == "photograph"
    assert description.shape == (6, 4)
    assert description.spacing_mm is None
    assert description.files == (str(tmp_path / "a.png"),)
    assert description.pixel_sha256 == hashlib.sha256(pixels.tobytes()).hexdigest()


def test_sixteen_bits_are_hashed_little_endian_whatever_the_file_says(tmp_path):
    pixels = np.arange(24, dtype=np.uint16).reshape(4, 6) * 1000
    Image.fromarray(pixels).save(tmp_path / "a.png")
    (description,) = (describe(found) for found in find([tmp_path]))
    assert description.pixel_sha256 == hashlib.sha256(pixels.astype("<u2").tobytes()).hexdigest()


def test_what_was_not_found_or_cannot_be_read_is_described_as_refused(tmp_path):
    (tmp_path / "cut.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    missing, cut = (describe(found) for found in find([tmp_path / "gone.png", tmp_path / "cut.png"]))
    assert (missing.status, missing.code) == ("refused", "IN-NOT-FOUND")
    assert (cut.status, cut.code) == ("refused", "IN-RAS-TRUNCATED")
    assert cut.reason.endswith("Copy or export the file again.")
    assert cut.shape is None


def test_a_line_of_it_is_json(tmp_path):
    (description,) = (describe(found) for found in find([tmp_path / "gone.png"]))
    line = json.loads(json.dumps(asdict(description)))
    assert list(line)[:10] == [
        "source", "status", "code", "reason", "kind", "shape", "spacing_mm", "modality", "files", "pixel_sha256",
    ]  # fmt: skip
