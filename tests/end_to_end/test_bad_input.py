"""Whatever is wrong with a study, it is refused with a code and a next step, and the others are answered."""

import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
import tifffile
from PIL import Image

from engine.places import RESOURCES
from tests.end_to_end.test_same_answer import SAMPLES, run_fovea

GOOD = SAMPLES[0]
TEST_DICOM = next(iter(sorted((Path(__file__).parent.parent / "data").rglob("*.dcm"))), None)


def png_claiming(width, height):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 10)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def saved(path, picture, **options):
    picture.save(path, **options)
    return path.read_bytes()


@pytest.fixture(scope="module")
def answered(tmp_path_factory):
    """One call with every bad input and one good picture, as somebody would drop a folder on it."""
    folder = tmp_path_factory.mktemp("in")
    good = Image.open(GOOD)
    (folder / "empty.png").write_bytes(b"")
    (folder / "nothing-inside").mkdir()
    (folder / "text.jpg").write_bytes(b"this is no picture\n" * 20)
    (folder / "cut.jpg").write_bytes(GOOD.read_bytes()[: GOOD.stat().st_size // 2])
    whole = saved(folder / "cut.png", good)
    (folder / "cut.png").write_bytes(whole[: len(whole) // 2])
    whole = saved(folder / "cut.tif", good)
    (folder / "cut.tif").write_bytes(whole[: len(whole) // 2])
    if TEST_DICOM:
        whole = TEST_DICOM.read_bytes()
        (folder / "cut.dcm").write_bytes(whole[: len(whole) * 3 // 4])
    saved(folder / "one-pixel.png", Image.new("RGB", (1, 1)))
    (folder / "wide.png").write_bytes(png_claiming(40_000, 100))
    not_numbers = np.full((64, 64), 0.5, np.float32)
    not_numbers[3, 3] = np.nan
    tifffile.imwrite(folder / "nan.tif", not_numbers)
    (folder / "loop.png").symlink_to(folder / "loop.png")
    inputs = [*sorted(folder.iterdir()), folder / "vanished.png", GOOD / "not-a-folder.png", GOOD]
    status, lines, stderr = run_fovea(tmp_path_factory.mktemp("home"), "run", *inputs, "--json")
    return status, {Path(line["source"]).name: line for line in lines}, stderr


BAD = [
    "empty.png", "nothing-inside", "text.jpg", "cut.jpg", "cut.png", "cut.tif", "cut.dcm", "one-pixel.png", "wide.png",
    "nan.tif", "loop.png", "vanished.png", "not-a-folder.png",
]  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_each_is_refused_with_a_code_and_a_sentence(answered, name):
    if name == "cut.dcm" and TEST_DICOM is None:
        pytest.skip("there is no DICOM file in tests/data")
    line = answered[1][name]
    assert line["status"] == "refused"
    assert line["code"].startswith("IN-")
    assert len(line["reason"].split(". ")) >= 2, "a sentence and a next step"
    assert line["flagged"] is None
    assert line["coverage"] == 0.0
    assert line["regions"] == []


def test_the_good_one_of_the_same_call_is_answered_and_the_exit_status_says_that_not_all_were(answered):
    status, lines, stderr = answered
    assert lines[GOOD.name]["status"] == "answered"
    assert status == 1
    assert "Traceback" not in stderr


def test_a_brain_mr_offered_to_the_pitting_detector_is_out_of_domain(tmp_path):
    if TEST_DICOM is None:
        pytest.skip("there is no DICOM file in tests/data")
    mr = next(path for path in sorted(TEST_DICOM.parent.rglob("*.dcm")) if "MR" in path.name)
    status, (line,), _ = run_fovea(tmp_path / "home", "run", mr, "--model", "surface-pitting", "--json")
    assert line["status"] == "out-of-domain"
    assert line["flagged"] is None
    assert "MR" in line["reason"]
    assert status == 1


def test_a_grey_photograph_of_a_part_is_neither_for_the_detector_of_colour_nor_for_that_of_dark_cells(tmp_path):
    Image.open(GOOD).convert("L").save(tmp_path / "grey.png")
    _, (line,), _ = run_fovea(tmp_path / "home", "run", tmp_path / "grey.png", "--json")
    assert line["status"] == "out-of-domain"
    assert "brightness" in line["reason"]


def test_the_damaged_sample_is_refused_and_the_demo_still_succeeds(tmp_path):
    status, lines, stderr = run_fovea(tmp_path / "home", "demo", "--out", tmp_path / "demo", "--json")
    refused = [line for line in lines if line["status"] == "refused"]
    assert status == 0
    assert [Path(line["source"]).name for line in refused] == ["damaged-truncated.jpg"]
    assert len(lines) >= 9
    assert len(list((tmp_path / "demo" / "overlays").glob("*.png"))) == len(lines) - len(refused)
    assert (tmp_path / "demo" / "home" / "fovea.db").is_file()
    assert "Traceback" not in stderr
    assert str(RESOURCES / "samples") in stderr
