"""Every file of the manifests, read as the product reads it: the stated pixels, or a refusal."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.errors import InputError
from engine.intake.find import find
from engine.intake.read import Loaded, read_study
from tests.conformance.manifest import BUNDLED, SHARED, Row, all_rows, explained_codes, rows_of
from tests.conformance.second_decoder import second_opinion

CODES = explained_codes()

CERTAIN = {
    "no pixel data": {"IN-DCM-NOPIXELS"},
    "directory (DICOMDIR), not an image": {"IN-DIR-MISSING"},
    "no DICM preamble; not a DICOM image": {"IN-FORMAT"},
    "BROKEN: pixel data cut short": {"IN-DCM-TRUNCATED"},
    "BROKEN: encapsulated data cut short": {"IN-DCM-TRUNCATED"},
    "BROKEN: NumberOfFrames is 1A": {"IN-DCM-HEADER"},
    "delimiter bytes inside a fragment; codestream damaged": {"IN-DCM-STREAM", "IN-DCM-FRAGMENTS"},
}
"""Codes that the manifest leaves no doubt about, by its reason or oddity; other damage may have other names."""


def digest(pixels: NDArray[np.generic]) -> str:
    little = pixels.astype(pixels.dtype.newbyteorder("<"), copy=False)
    return hashlib.sha256(little.tobytes()).hexdigest()[:16]


def read_one(row: Row) -> Loaded | InputError:
    (found,) = find([row.path])
    try:
        return read_study(found)
    except InputError as refusal:
        return refusal


def assert_refused_in_words(row: Row, refusal: InputError) -> None:
    assert refusal.code in CODES
    assert row.path.name in refusal.message
    assert refusal.message.endswith(".")
    assert refusal.next_step.endswith(".")
    assert str(refusal).isprintable()


def wanted(*expected: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("row", [row for row in all_rows() if row.expected in expected], ids=str)


@wanted("readable")
def test_what_is_readable_gives_the_stated_pixels(row: Row) -> None:
    loaded = read_one(row)
    assert isinstance(loaded, Loaded), f"{loaded.code}: {loaded}"
    assert loaded.study.modality == row.modality
    assert loaded.stored.shape == row.shape
    if digest(loaded.stored) == row.pixel_hash:
        found = (float(loaded.stored.min()), float(loaded.stored.max()))
        assert found == pytest.approx(row.value_range, rel=1e-5)
        return
    # Colour that is stored as YCbCr is hashed as stored there in one row and as RGB here: the second decoder gives RGB.
    assert row.grey_levels, "only the decoders of lossy JPEG may differ"
    apart = np.abs(loaded.stored.astype(np.int64) - second_opinion(row))
    assert apart.max() <= row.grey_levels


@wanted("refuse")
def test_what_is_to_be_refused_has_a_code_that_the_manual_explains(row: Row) -> None:
    refusal = read_one(row)
    assert isinstance(refusal, InputError), "it was read"
    assert_refused_in_words(row, refusal)
    certain = CERTAIN.get(row.facts["reason"]) or CERTAIN.get(row.facts["oddity"]) or CODES
    assert refusal.code in certain, str(refusal)


@wanted("either")
def test_what_may_be_read_agrees_with_a_second_decoder(row: Row) -> None:
    result = read_one(row)
    if isinstance(result, InputError):
        assert_refused_in_words(row, result)
        return
    apart = np.abs(result.stored.astype(np.int64) - second_opinion(row))
    assert result.stored.shape == row.shape
    assert apart.max() <= row.grey_levels


def test_one_image_in_seven_transfer_syntaxes_is_the_same_seven_times(shared: Path) -> None:
    rows = [row for row in rows_of(SHARED, "file") if row.path.name.startswith("ts_")]
    loaded = [read_one(row) for row in rows]
    assert len({row.syntax for row in rows}) == len(rows) == 7
    assert {digest(one.scan.pixels) for one in loaded if isinstance(one, Loaded)} == {rows[0].pixel_hash}
    assert len({one.scan.origin_mm for one in loaded if isinstance(one, Loaded)}) == 1


def test_the_bundled_files_are_those_of_the_set_byte_for_byte(shared: Path) -> None:
    whole = {row.facts["source_path"]: row for row in rows_of(SHARED, "file")}
    for row in rows_of(BUNDLED, "file"):
        original = whole[row.facts["source_path"]]
        assert row.path.read_bytes() == original.path.read_bytes()
        assert row.facts | {"file": ""} == original.facts | {"file": ""}


def test_the_bundled_files_are_all_listed_with_their_licence_and_small() -> None:
    rows = rows_of(BUNDLED, "file")
    assert {row.path for row in rows} == set((BUNDLED / "dicom").iterdir())
    assert {row.facts["licence"].split(" ")[0] for row in rows} <= {"MIT", "BSD-2-Clause"}
    page = (BUNDLED / "README.md").read_text()
    for path in (path for folder in ("dicom", "nifti") for path in (BUNDLED / folder).iterdir()):
        assert f"| `{path.relative_to(BUNDLED)}` |" in page
    assert sum(path.stat().st_size for path in BUNDLED.rglob("*") if path.is_file()) < 1_600_000
