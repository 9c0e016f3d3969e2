import numpy as np
import pytest
import tifffile
from PIL import Image

from engine.export.names import Names
from engine.export.pictures import write_images
from engine.intake.read import read

NAMES = Names(b"k" * 32)
NIFTI = "reoriented_anat_moved.nii"


def written(path, tmp_path, names):
    loaded = read(path)
    name = write_images(loaded.study, loaded.scan, tmp_path / "out", "case", names, confirmed=True)
    return loaded.scan, tmp_path / "out" / name


@pytest.mark.parametrize("names", [Names(), NAMES])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("shape", [(20, 30), (20, 30, 3), (4, 20, 30), (4, 20, 30, 3)])
def test_pixels_of_a_picture_stay_whatever_their_depth_and_colours(tmp_path, names, dtype, shape):
    pixels = np.random.default_rng(1).integers(0, np.iinfo(dtype).max, shape, dtype=dtype)
    photometric = "rgb" if shape[-1] == 3 else "minisblack"
    tifffile.imwrite(tmp_path / "a.tif", pixels, photometric=photometric, description="Jane Doe")
    before, path = written(tmp_path / "a.tif", tmp_path, names)
    assert (read(path).scan.pixels == before.pixels).all()
    assert (b"Jane Doe" in path.read_bytes()) is not names.deidentified


def test_a_picture_that_a_note_turns_is_written_upright(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.fromarray(np.arange(600, dtype=np.uint8).reshape(20, 30)).save(tmp_path / "a.png", exif=exif)
    before, path = written(tmp_path / "a.png", tmp_path, Names())
    assert before.pixels.shape == (30, 20)
    with Image.open(path) as image:
        assert (np.asarray(image) == before.pixels).all()


def test_a_volume_without_names_keeps_its_values_and_its_place(tmp_path, shared):
    before, path = written(shared / "data" / "nifti" / NIFTI, tmp_path, NAMES)
    after = read(path).scan
    assert path.suffix == ".nrrd"
    assert (after.spacing_mm, after.shape) == (pytest.approx(before.spacing_mm), before.shape)
    assert after.origin_mm == pytest.approx(before.origin_mm, abs=1e-4)
    assert after.direction == pytest.approx(before.direction, abs=1e-6)
    real = [scan.pixels * scan.slope + scan.intercept for scan in (before, after)]
    assert real[1] == pytest.approx(real[0], rel=1e-6)
