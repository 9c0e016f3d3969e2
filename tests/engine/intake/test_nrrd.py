"""NRRD volumes, held against SimpleITK's own reader."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest
import SimpleITK as sitk

from engine.intake.find import find
from engine.intake.limits import Limits
from engine.intake.read import read, read_study
from tests.engine.intake.test_nifti import OBLIQUE, VOXELS, assert_as_simple_itk, kept, refusal_of, written

FIELDS = {
    "type": "short", "dimension": "3", "space": "left-posterior-superior", "sizes": "7 6 5",
    "space directions": "(0.7,0,0) (0,0.8,0) (0,0,2.5)", "kinds": "domain domain domain", "endian": "little",
    "encoding": "raw", "space origin": "(1,2,3)",
}  # fmt: skip


def nrrd(data: bytes = VOXELS.tobytes(), *, end: str = "\n", magic: str = "NRRD0004", **changes: str | None) -> bytes:
    """A file built by hand; fields by name with `_` for a space, None takes one away."""
    named = {name.replace("_", " "): value for name, value in changes.items()}
    fields = {name: value for name, value in (FIELDS | named).items() if value is not None}
    lines = [magic, "# made by a test", *(f"{name}: {value}" for name, value in fields.items()), "note:=a: b", "", ""]
    return end.join(lines).encode() + data


@pytest.mark.parametrize("direction", [OBLIQUE, (1, 0, 0, 0, 1, 0, 0, 0, 1), (0, 0, 1, 1, 0, 0, 0, 1, 0)])
@pytest.mark.parametrize("name", ["a.nrrd", "a.nhdr"])
@pytest.mark.parametrize(
    "dtype", [np.uint8, np.int8, np.int16, np.uint16, np.float32, np.int32, np.uint32, np.int64, np.float64]
)
def test_what_simple_itk_writes_is_read_as_it_reads_it(tmp_path, direction, name, dtype):
    path = written(tmp_path / name, abs(VOXELS // 20).astype(dtype), direction)
    loaded = read(path)
    assert (loaded.scan.kind, loaded.scan.modality, loaded.scan.oriented) == ("volume", "OT", True)
    assert (loaded.doubts, loaded.scan.provenance.repairs) == ((), ())
    assert_as_simple_itk(loaded.scan, path)


@pytest.mark.parametrize("name", ["a.nrrd", "a.nhdr"])
def test_a_compressed_volume_is_read(tmp_path, name):
    sitk.WriteImage(sitk.GetImageFromArray(VOXELS), str(tmp_path / name), useCompression=True)
    (found,) = find([tmp_path])
    np.testing.assert_array_equal(read_study(found).scan.pixels, VOXELS)


def test_the_data_file_of_a_header_is_no_study_of_its_own_and_counts_for_its_identity(tmp_path):
    written(tmp_path / "a.nhdr")
    passed: list[str] = []
    (found,) = find([tmp_path], lambda path: passed.append(path.name))
    assert passed == ["a.raw"]
    loaded = read_study(found)
    assert loaded.scan.provenance.files == (str(tmp_path / "a.nhdr"), str(tmp_path / "a.raw"))
    before = loaded.study.content_hash
    changed = bytearray((tmp_path / "a.raw").read_bytes())
    changed[0] ^= 1
    (tmp_path / "a.raw").write_bytes(changed)
    assert read_study(found).study.content_hash != before


@pytest.mark.parametrize(
    ("space", "signs"),
    [
        ("left-posterior-superior", (1, 1, 1)),
        ("LPS", (1, 1, 1)),
        ("right-anterior-superior", (-1, -1, 1)),
        ("RAS", (-1, -1, 1)),
        ("left-anterior-superior", (1, -1, 1)),
        ("LAS", (1, -1, 1)),
    ],
)
def test_each_anatomical_space_becomes_lps(tmp_path, space, signs):
    path = kept(tmp_path / "a.nrrd", nrrd(space=space))
    scan = read(path).scan
    np.testing.assert_allclose(np.array(scan.direction).reshape(3, 3), np.diag(signs))
    assert scan.origin_mm == pytest.approx(np.array(signs) * (1, 2, 3))
    assert scan.spacing_mm == pytest.approx((2.5, 0.8, 0.7))
    assert scan.oriented


@pytest.mark.parametrize("space", ["left-posterior-superior", "right-anterior-superior", "left-anterior-superior"])
def test_an_oblique_volume_lies_in_each_space_where_simple_itk_puts_it(tmp_path, space):
    steps = "(0.56,0.42,0) (-0.288,0.384,0.64) (1.2,-1.6,1.5)"
    path = kept(tmp_path / "a.nrrd", nrrd(space=space, space_directions=steps))
    assert_as_simple_itk(read(path).scan, path)


@pytest.mark.parametrize("space", ["scanner-xyz", "3D-right-handed", None])
def test_a_space_that_is_not_the_patients_gives_no_orientation_and_says_so(tmp_path, space):
    more = {"space_dimension": "3"} if space is None else {}
    scan = read(kept(tmp_path / "a.nrrd", nrrd(space=space, **more))).scan
    assert not scan.oriented
    assert "says nothing of the patient" in scan.provenance.repairs[0]
    assert scan.spacing_mm == pytest.approx((2.5, 0.8, 0.7))


def test_spacings_alone_give_no_orientation(tmp_path):
    bare = {"space": None, "space_directions": None, "space_origin": None}
    scan = read(kept(tmp_path / "a.nrrd", nrrd(**bare, spacings="0.7 0.8 2.5"))).scan
    assert (scan.spacing_mm, scan.oriented) == ((2.5, 0.8, 0.7), False)
    assert scan.provenance.repairs == ("The file states no position and orientation.",)
    for spacings in (None, "0.7 0.8 NaN"):
        scan = read(kept(tmp_path / "b.nrrd", nrrd(**bare, spacings=spacings))).scan
        assert scan.spacing_mm is None
        assert "states no spacing" in scan.provenance.repairs[0]


def test_units_become_millimetres(tmp_path):
    scan = read(kept(tmp_path / "a.nrrd", nrrd(space_units='"cm" "cm" "cm"'))).scan
    assert scan.spacing_mm == pytest.approx((25.0, 8.0, 7.0))
    assert scan.origin_mm == pytest.approx((10.0, 20.0, 30.0))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("magic", ["NRRD0001", "NRRD0005"])
@pytest.mark.parametrize("order", ["little", "big"])
def test_lines_versions_and_byte_orders_are_read(tmp_path, end, magic, order):
    data = VOXELS.astype("<i2" if order == "little" else ">i2").tobytes()
    path = kept(tmp_path / "a.nrrd", nrrd(data, end=end, magic=magic, endian=order))
    np.testing.assert_array_equal(read(path).scan.pixels, VOXELS)


def test_bytes_before_the_voxels_are_stepped_over(tmp_path):
    for skip in ("40", "-1"):
        path = kept(tmp_path / "a.nrrd", nrrd(bytes(40) + VOXELS.tobytes(), byte_skip=skip))
        np.testing.assert_array_equal(read(path).scan.pixels, VOXELS)
    packed = gzip.compress(bytes(40) + VOXELS.tobytes())
    path = kept(tmp_path / "b.nrrd", nrrd(packed, encoding="gzip", byteskip="40"))
    np.testing.assert_array_equal(read(path).scan.pixels, VOXELS)


def test_a_detached_header_may_end_with_the_file(tmp_path):
    kept(tmp_path / "a.bin", VOXELS.tobytes())
    kept(tmp_path / "a.nhdr", nrrd(b"", data_file="a.bin").rstrip())
    np.testing.assert_array_equal(read(tmp_path / "a.nhdr").scan.pixels, VOXELS)


@pytest.mark.parametrize(
    "axes",
    [
        {"sizes": "1 7 6 5", "space_directions": "none (0.7,0,0) (0,0.8,0) (0,0,2.5)"},
        {"sizes": "7 6 5 1", "space_directions": "(0.7,0,0) (0,0.8,0) (0,0,2.5) none"},
    ],
    ids=["first", "last"],
)
def test_an_axis_of_one_sample_outside_space_is_left_out(tmp_path, axes):
    scan = read(kept(tmp_path / "a.nrrd", nrrd(dimension="4", kinds=None, **axes))).scan
    np.testing.assert_array_equal(scan.pixels, VOXELS)
    assert scan.spacing_mm == pytest.approx((2.5, 0.8, 0.7))


@pytest.mark.parametrize(
    ("directions", "oriented"), [("(0.7,0,0) (0,0,-0.8)", True), ("(0.7,0) (0,0.8)", False)], ids=["in space", "flat"]
)
def test_a_single_slice_is_an_image(tmp_path, directions, oriented):
    flat = {"dimension": "2", "sizes": "7 6", "kinds": None}
    lying = nrrd(VOXELS[0].tobytes(), **flat, space_directions=directions)
    scan = read(kept(tmp_path / "a.nrrd", lying)).scan
    assert (scan.kind, scan.shape, scan.oriented) == ("image", (6, 7), oriented)
    assert scan.spacing_mm == pytest.approx((0.8, 0.8, 0.7))
    assert scan.direction[1::3] == ((0, 0, -1) if oriented else (0, 1, 0))
    np.testing.assert_array_equal(scan.pixels, VOXELS[0])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"dimension": "4", "sizes": "7 6 5 2", "space_directions": None, "space": None}, "IN-VOL-DIMS"),
        ({"dimension": "4", "sizes": "3 7 6 5", "space_directions": "none (1,0,0) (0,1,0) (0,0,1)"}, "IN-VOL-DIMS"),
        ({"sizes": "3 7 6", "space_directions": "none (1,0,0) (0,1,0)"}, "IN-VOL-DIMS"),
        ({"dimension": "1", "sizes": "210"}, "IN-VOL-DIMS"),
        ({"dimension": "2"}, "IN-VOL-HEADER"),
        ({"dimension": None}, "IN-VOL-HEADER"),
        ({"sizes": None}, "IN-VOL-HEADER"),
        ({"sizes": "7 6 x"}, "IN-VOL-HEADER"),
        ({"sizes": "7 -6 5"}, "IN-VOL-HEADER"),
        ({"sizes": "30000 30000 30000"}, "IN-PIX-SIZE"),
        ({"sizes": "7 6 " + "9" * 5000}, "IN-VOL-HEADER"),
        ({"sizes": "7 6 6"}, "IN-VOL-TRUNCATED"),
        ({"sizes": "7 6 3"}, "IN-VOL-HEADER"),
        ({"type": "block"}, "IN-VOL-TYPE"),
        ({"type": None}, "IN-VOL-TYPE"),
        ({"encoding": "ascii"}, "IN-VOL-ENCODING"),
        ({"encoding": "bzip2"}, "IN-VOL-ENCODING"),
        ({"encoding": "gzip"}, "IN-VOL-DAMAGED"),
        ({"endian": None}, "IN-VOL-HEADER"),
        ({"endian": "middle"}, "IN-VOL-HEADER"),
        ({"space_directions": "(0.7,0,0) (0,0.8,0)"}, "IN-VOL-HEADER"),
        ({"space_directions": "(0.7,0,0) (0,0.8,0) (0,0,x)"}, "IN-VOL-HEADER"),
        ({"space_directions": "(0.7,0,0) (0,0.8,0) (0,0,nan)"}, "IN-VOL-GEOMETRY"),
        ({"space_directions": "(0.7,0,0) (0.5,0.8,0) (0,0,1)"}, "IN-VOL-GEOMETRY"),
        ({"space_directions": "(0,0,0) (0,0.8,0) (0,0,1)"}, "IN-VOL-GEOMETRY"),
        ({"dimension": "2", "sizes": "7 30", "space_directions": "(inf,0,1) (0,inf,1)"}, "IN-VOL-GEOMETRY"),
        ({"space_origin": "(1,2,inf)"}, "IN-VOL-HEADER"),
        ({"space_origin": "(1,2,)"}, "IN-VOL-HEADER"),
        ({"byte_skip": "-7"}, "IN-VOL-HEADER"),
        ({"byte_skip": "1000000000000"}, "IN-VOL-TRUNCATED"),
        ({"line_skip": "3"}, "IN-VOL-HEADER"),
        ({"data_file": "LIST"}, "IN-VOL-PAIR"),
        ({"data_file": "slice%03d.raw 1 5 1"}, "IN-VOL-PAIR"),
        ({"data_file": "/etc/passwd"}, "IN-VOL-PATH"),
        ({"datafile": "../a.raw"}, "IN-VOL-PATH"),
        ({"data_file": "..\\a.raw"}, "IN-VOL-PATH"),
        ({"data_file": ""}, "IN-VOL-PATH"),
        ({"data_file": "gone.raw"}, "IN-NOT-FOUND"),
    ],
    ids=lambda value: str(value)[:50],
)
def test_odd_headers_are_refused(tmp_path, changes, code):
    assert refusal_of(kept(tmp_path / "a.nrrd", nrrd(**changes))) == code
    assert refusal_of(tmp_path) == code, "in a folder too"


def test_a_header_without_an_end_is_refused(tmp_path):
    assert refusal_of(kept(tmp_path / "a.nrrd", b"NRRD0004\ntype: short\n")) == "IN-VOL-HEADER"
    assert refusal_of(kept(tmp_path / "b.nrrd", b"NRRD0004\n" + b"a: b\n" * 100_000)) == "IN-VOL-HEADER"
    assert refusal_of(kept(tmp_path / "c.nrrd", b"NRRD0004\nnot a field\n\n")) == "IN-VOL-HEADER"
    assert refusal_of(kept(tmp_path / "d.nrrd", b"NRRD000")) == "IN-VOL-HEADER"


@pytest.mark.parametrize("left", [1, 8, 200])
def test_a_file_that_is_cut_short_is_refused(tmp_path, left):
    assert refusal_of(kept(tmp_path / "a.nrrd", nrrd()[:-left])) == "IN-VOL-TRUNCATED"
    packed = nrrd(gzip.compress(VOXELS.tobytes()), encoding="gzip")
    assert refusal_of(kept(tmp_path / "b.nrrd", packed[:-left])) == "IN-VOL-TRUNCATED"


def test_damaged_and_swollen_voxels_are_refused(tmp_path):
    packed = bytearray(gzip.compress(VOXELS.tobytes()))
    packed[-6] ^= 1
    assert refusal_of(kept(tmp_path / "a.nrrd", nrrd(bytes(packed), encoding="gz"))) == "IN-VOL-DAMAGED"
    bomb = gzip.compress(bytes(50 << 20))
    assert refusal_of(kept(tmp_path / "b.nrrd", nrrd(bomb, encoding="gzip"))) == "IN-VOL-HEADER"


def test_limits_hold_before_the_data_file_is_opened(tmp_path):
    path: Path = kept(tmp_path / "a.nhdr", nrrd(b"", data_file="gone.raw"))
    assert refusal_of(path, Limits(decoded_bytes=VOXELS.nbytes - 1)) == "IN-PIX-SIZE"
