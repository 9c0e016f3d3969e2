import numpy as np

from engine.domain.acquisition import Acquisition
from engine.domain.exam import Exam
from engine.domain.scan import Provenance, Scan

FILE = Provenance(("a",), "raw")
VOXELS = np.zeros((3, 4, 5), np.int16)


def test_a_photograph_says_nothing_of_its_making():
    assert Acquisition.of(Scan(np.zeros((4, 5), np.uint8), "photograph", "PHOTO", "MONOCHROME2", FILE)) == Acquisition()


def test_a_series_says_how_it_was_made_and_by_what():
    exam = Exam(
        manufacturer="M", model="N", software="1\\2", kernel="B30f", tube_kv=120.0, exposure_mas=80.0, ctdi_mgy=4.5
    )
    scan = Scan(VOXELS, "volume", "CT", "MONOCHROME2", FILE, spacing_mm=(2.5, 0.7, 0.8), exam=exam)
    assert Acquisition.of(scan) == Acquisition(0.8, 2.5, 120.0, 80.0, 4.5, "M N", "1\\2", "B30f")


def test_a_single_image_has_pixels_and_no_slices():
    scan = Scan(VOXELS[0], "image", "DX", "MONOCHROME2", FILE, spacing_mm=(1.0, 0.14, 0.14), exam=Exam(model="N"))
    assert Acquisition.of(scan) == Acquisition(pixel_mm=0.14, scanner="N")
