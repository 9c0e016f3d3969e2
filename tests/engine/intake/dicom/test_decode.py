"""Single DICOM images: the stated pixels or a refusal. The files are real, other decoders gave the hashes."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest
import SimpleITK as sitk

from engine.errors import InputError
from engine.intake.dicom import decode
from engine.intake.limits import Limits
from engine.intake.read import Loaded, read

DATA = Path(__file__).parents[3] / "data" / "dicom"

MR = "88617aaa46138fb1"
READABLE = {
    "CT_small.dcm": "7a481f6ffff833ae",
    "MR_small_implicit.dcm": MR,
    "MR_small_bigendian.dcm": MR,
    "MR_small_padded.dcm": MR,
    "MR_small_RLE.dcm": MR,
    "MR_small_jp2klossless.dcm": MR,
    "MR_small_jpeg_ls_lossless.dcm": MR,
    "ExplVR_BigEnd.dcm": "1583c4339dd36e91",
    "GDCMJ2K_TextGBR.dcm": "bea5673fdd49313f",
    "JLSL_08_07_0_1F.dcm": "210dc401f95db43b",
    "JLSL_16_15_1_1F.dcm": "bb0a20c386271e83",
    "JPEGLSNearLossless_08.dcm": "9eb46aa86c342094",
    "JPEGLSNearLossless_16.dcm": "f929318278115ce9",
    "OBXXXX1A_rle.dcm": "48abdc16b5064b61",
    "SC_rgb_rle_16bit.dcm": "36de0258708d3af7",
    "SC_rgb_small_odd.dcm": "ef2df252ba3cd066",
    "SC_ybr_full_422_uncompressed.dcm": "ddb100d8f45a7fbf",
    "liver_1frame.dcm": "e036a07b502fdfd1",
}
"""First 16 digits of the SHA-256 of the stored pixels, little-endian."""

JPEG = ["JPGExtended.dcm", "JPEG-lossy.dcm", "SC_rgb_dcmtk_+eb+cy+s4.dcm", "SC_jpeg_no_color_transform.dcm"]
"""Decoders of lossy JPEG may differ by one grey level; `JPEG-lossy` has a scan header that several refuse."""

REFUSED = {
    "MR_truncated.dcm": "IN-DCM-TRUNCATED",
    "JPEG2000-embedded-sequence-delimiter.dcm": "IN-DCM-STREAM",
    "badVR.dcm": "IN-DCM-HEADER",
    "rtplan.dcm": "IN-DCM-NOPIXELS",
    "meta_missing_tsyntax.dcm": "IN-DCM-SYNTAX",
}


def digest(loaded: Loaded) -> str:
    stored = loaded.stored
    return hashlib.sha256(stored.astype(stored.dtype.newbyteorder("<")).tobytes()).hexdigest()[:16]


def code_of(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read(path)
    assert caught.value.next_step
    return caught.value.code


@pytest.mark.parametrize("name", READABLE)
def test_the_stored_pixels_are_exactly_those_that_other_decoders_gave(name):
    assert digest(read(DATA / name)) == READABLE[name]


@pytest.mark.parametrize("name", JPEG)
def test_lossy_jpeg_is_within_one_grey_level_of_a_second_decoder(name):
    other = sitk.GetArrayFromImage(sitk.ReadImage(str(DATA / name)))[0]
    loaded = read(DATA / name)
    assert abs(loaded.stored.astype(int) - other).max() <= 1
    assert loaded.scan.provenance.lossy


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_rightly_is_refused_with_its_code(name):
    assert code_of(DATA / name) == REFUSED[name]


@pytest.mark.parametrize("name", [*READABLE, *JPEG])
@pytest.mark.parametrize("part", [0.2, 0.5, 0.8, 0.97])
def test_no_cut_file_is_ever_answered_with_other_pixels(name, part, tmp_path):
    data = (DATA / name).read_bytes()
    (tmp_path / "cut.dcm").write_bytes(data[: int(len(data) * part)])
    try:
        loaded = read(tmp_path / "cut.dcm")
    except InputError as refusal:
        assert refusal.code in {"IN-DCM-TRUNCATED", "IN-DCM-NOPIXELS", "IN-DCM-SYNTAX", "IN-DECODE", "IN-FORMAT"}  # noqa: PT017 -- either is right
    else:  # only the padding behind the pixels was cut
        np.testing.assert_array_equal(loaded.stored, read(DATA / name).stored)


def test_a_ct_slice_carries_its_meaning_and_its_place():
    loaded = read(DATA / "CT_small.dcm")
    scan = loaded.scan
    assert (scan.kind, scan.modality, scan.photometric) == ("image", "CT", "MONOCHROME2")
    assert scan.pixels.dtype == np.int16
    assert (scan.slope, scan.intercept) == (1.0, -1024.0)
    assert scan.spacing_mm == (5.0, 0.661468, 0.661468)
    assert scan.origin_mm == (-158.135803, -179.035797, -75.699997)
    assert scan.direction == (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)
    assert loaded.study.instances[0].sop_uid == "1.3.6.1.4.1.5962.1.1.1.1.1.20040119072730.12322"
    assert loaded.doubts == ()


def test_the_window_of_the_file_is_kept():
    assert read(DATA / "MR_small_implicit.dcm").scan.window == (600.0, 1600.0)


def test_geometry_of_a_functional_group_is_found():
    assert read(DATA / "liver_1frame.dcm").scan.spacing_mm == (1.0, 0.810547, 0.810547)


def test_a_palette_becomes_colour_while_the_hash_stays_that_of_the_indices():
    loaded = read(DATA / "OBXXXX1A_rle.dcm")
    assert loaded.stored.shape == (600, 800)
    assert loaded.scan.pixels.shape == (600, 800, 3)
    assert loaded.scan.photometric == "RGB"


def test_an_image_without_a_modality_is_called_other_and_says_so():
    loaded = read(DATA / "JLSL_08_07_0_1F.dcm")
    assert loaded.scan.modality == "OT"
    assert "No valid modality" in loaded.scan.provenance.repairs[0]


def test_the_limits_hold_for_dicom_too():
    with pytest.raises(InputError) as caught:
        read(DATA / "CT_small.dcm", Limits(side_px=127))
    assert caught.value.code == "IN-PIX-SIZE"


@pytest.mark.parametrize("name", sorted(path.name for path in DATA.iterdir()))
@pytest.mark.parametrize("exam", [False, True])
def test_a_file_whose_header_is_walked_is_read_as_pydicom_reads_it(name, exam, monkeypatch):
    data = (DATA / name).read_bytes()
    results = []
    for walks in (True, False):
        if not walks:
            monkeypatch.setattr(decode, "walk", lambda *_, **__: None)
        try:
            results.append(decode.read_dicom(data, name, Limits(), exam=exam))
        except InputError as refusal:
            results.append((refusal.code, refusal.message))
    walked, parsed = results
    if isinstance(parsed, tuple):
        assert walked == parsed
        return
    np.testing.assert_array_equal(walked.pixels, parsed.pixels)
    np.testing.assert_array_equal(walked.stored, parsed.stored)
    for field in ("photometric", "stored_max", "codec", "repairs", "lossy", "facts"):
        assert getattr(walked, field) == getattr(parsed, field), field


def test_most_plain_images_need_no_more_than_the_walk():
    walked = [name for name in READABLE if decode._plain((DATA / name).read_bytes(), exam=False) is not None]
    assert len(walked) > len(READABLE) / 2
