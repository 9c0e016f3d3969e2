"""The door: any file becomes a study with its scan, or a refusal."""

from __future__ import annotations

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
import tifffile
from blake3 import blake3
from PIL import Image

from engine.domain.study import PHOTO
from engine.errors import InputError
from engine.intake.find import find_one
from engine.intake.limits import Limits
from engine.intake.read import read, read_study
from tests.engine.intake.slices import at, write_series
from tests.engine.intake.test_nifti import written

RGB = np.arange(4 * 5 * 3, dtype=np.uint8).reshape(4, 5, 3)


def saved(path: Path, form: str = "PNG") -> Path:
    Image.fromarray(RGB).save(path, form)
    return path


def code_of(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(InputError) as caught:
        read(path, limits or Limits())
    assert caught.value.next_step
    return caught.value.code


def test_a_photograph_becomes_a_study_with_its_scan(tmp_path):
    path = saved(tmp_path / "a.png")
    loaded = read(path)
    assert loaded.study.kind == "photograph"
    assert loaded.study.modality == PHOTO
    assert loaded.study.source == str(path)
    assert loaded.study.content_hash == blake3(path.read_bytes()).hexdigest()
    assert [instance.path for instance in loaded.study.instances] == [str(path)]
    np.testing.assert_array_equal(loaded.scan.pixels, RGB)
    assert loaded.scan.channels == 3
    assert loaded.scan.spacing_mm is None
    assert loaded.doubts == ()


def test_pixels_cannot_be_written_to(tmp_path):
    loaded = read(saved(tmp_path / "a.png"))
    assert not loaded.scan.pixels.flags.writeable
    assert not loaded.stored.flags.writeable


@pytest.mark.parametrize("name", ["a.tif", "a.txt", "a.dcm"])
def test_a_wrong_extension_is_read_by_content_and_noted(tmp_path, name):
    loaded = read(saved(tmp_path / name))
    np.testing.assert_array_equal(loaded.scan.pixels, RGB)
    assert loaded.scan.provenance.repairs == (
        f"The name ends in '{Path(name).suffix}', the content is PNG; read by its content.",
    )


@pytest.mark.parametrize("name", ["a", "a.PNG"])
def test_no_extension_or_a_shouted_one_is_no_repair(tmp_path, name):
    assert read(saved(tmp_path / name)).scan.provenance.repairs == ()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.png", b"", "IN-EMPTY"),
        ("a.png", b"this is text", "IN-FORMAT"),
        ("a.gif", b"GIF89a", "IN-FORMAT"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "IN-RAS-TRUNCATED"),
        ("a.jpg", b"\xff\xd8\xff", "IN-RAS-TRUNCATED"),
        ("a.jpg", b"\xff\xd8\xff\xd9", "IN-RAS-DAMAGED"),
        ("a.bmp", b"BM", "IN-RAS-TRUNCATED"),
        ("a.tif", b"II*\x00", "IN-DECODE"),
        ("a.tif", b"II*\x00\x08\x00\x00\x00\x00\x00", "IN-RAS-TRUNCATED"),
        ("a.dcm", bytes(128) + b"DICM", "IN-DCM-SYNTAX"),
    ],
)
def test_stumps_and_strangers_are_refused(tmp_path, name, content, code):
    (tmp_path / name).write_bytes(content)
    assert code_of(tmp_path / name) == code


def test_a_float_picture_with_nan_is_refused(tmp_path):
    pixels = np.full((8, 8), 0.5, np.float32)
    pixels[0, 0] = np.nan
    tifffile.imwrite(tmp_path / "a.tif", pixels)
    assert code_of(tmp_path / "a.tif") == "IN-PIX-NAN"


def test_a_black_picture_is_read_with_a_doubt(tmp_path):
    Image.new("L", (8, 8)).save(tmp_path / "a.png")
    assert read(tmp_path / "a.png").doubts == ("constant-frame",)


def test_limits_are_those_of_the_caller(tmp_path):
    assert code_of(saved(tmp_path / "a.png"), Limits(side_px=4)) == "IN-PIX-SIZE"
    assert code_of(saved(tmp_path / "a.png"), Limits(file_bytes=10)) == "IN-FILE-SIZE"


def test_a_picture_that_does_not_fit_into_memory_is_refused(tmp_path):
    Image.new("L", (14_000, 14_000), 7).save(tmp_path / "a.png")
    script = """
import resource
from pathlib import Path
from engine.errors import InputError
from engine.intake.read import read
in_use = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (in_use + (100 << 20),) * 2)
try:
    read(Path("a.png"))
except InputError as refusal:
    print(refusal.code)
"""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout == "IN-MEMORY\n"


def test_a_name_in_no_encoding_is_read_and_recorded_as_text(tmp_path):
    file = BytesIO()
    Image.fromarray(RGB).save(file, "PNG")
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.t\xffx"))
    path.write_bytes(file.getvalue())
    loaded = read(path)
    for text in (loaded.study.source, *loaded.scan.provenance.files, *loaded.scan.provenance.repairs):
        assert text.encode("utf-8")
    assert loaded.study.source.endswith(r"\xff\xfe.t\xffx")


def test_the_same_bytes_give_the_same_study_wherever_they_lie(tmp_path):
    one, two = read(saved(tmp_path / "a.png")), read(saved(tmp_path / "b.png"))
    assert one.study.content_hash == two.study.content_hash
    np.testing.assert_array_equal(one.scan.pixels, two.scan.pixels)


def test_a_stated_modality_is_taken_where_the_file_names_none(tmp_path):
    volume = written(tmp_path / "a.nii")
    (unnamed,) = write_series(tmp_path / "b", [at(0.0)], Modality=None)
    for path in (volume, unnamed):
        loaded = read_study(find_one(path), modality="CT")
        assert (loaded.study.modality, loaded.scan.modality) == ("CT", "CT")
        assert loaded.doubts[0] == "modality-stated"
        assert read(path).scan.modality == "OT"
        assert "modality-stated" not in read(path).doubts


def test_what_a_file_says_of_itself_stands_and_a_photograph_stays_one(tmp_path):
    (ct,) = write_series(tmp_path, [at(0.0)])
    for path, modality in ((ct, "CT"), (saved(tmp_path / "a.png"), PHOTO)):
        loaded = read_study(find_one(path), modality="MR")
        assert (loaded.scan.modality, loaded.doubts) == (modality, ())


def test_a_series_without_a_modality_takes_the_stated_one(tmp_path):
    write_series(tmp_path, [at(depth) for depth in (0.0, 1.0, 2.0)], Modality=None)
    loaded = read_study(find_one(tmp_path), modality="CT")
    assert (loaded.study.modality, loaded.doubts) == ("CT", ("modality-stated",))


def test_a_refused_candidate_is_refused_again(tmp_path):
    with pytest.raises(InputError) as caught:
        read_study(find_one(tmp_path))
    assert caught.value.code == "IN-FOLDER-EMPTY"
