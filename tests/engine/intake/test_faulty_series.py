"""Every way in which a series is spoiled is judged as stated, from files to the outcome."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from engine.attempt import Attempt
from engine.budget import Budget
from engine.clock import SystemClock
from engine.detect.heads import Candidates
from engine.detect.look import Looked
from engine.domain.arrival import Arrival
from engine.domain.outcome import Status
from engine.domain.request import NOTHING_ASKED
from engine.intake.describe import describe
from engine.intake.find import find
from engine.intake.read import read, read_study
from engine.stopwatch import Stopwatch
from tests.engine.intake.faults import COUNT, FAULTS, SAGITTAL, STEP_MM, Verdict, depths, stack
from tests.engine.intake.slices import AXIAL, OBLIQUE, at, write_slice


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_judged_as_stated(tmp_path, name):
    FAULTS[name].build(tmp_path)
    found = [describe(candidate) for candidate in find([tmp_path])]
    judged = Counter(Verdict(study.shape, study.doubts, study.code) for study in found)
    assert judged == Counter(FAULTS[name].verdicts)
    copies = [repair for study in found for repair in study.repairs if "are copies of slices" in repair]
    assert [int(repair.split()[0]) for repair in copies] == ([FAULTS[name].copies] if FAULTS[name].copies else [])


@pytest.mark.parametrize("name", [name for name, fault in FAULTS.items() if not fault.copies])
def test_a_file_lost_from_the_middle_of_a_volume_is_a_gap(tmp_path, name):
    folder = tmp_path / "series"
    FAULTS[name].build(folder)
    volumes = [study for study in (describe(found) for found in find([folder])) if study.kind == "volume"]
    for volume in volumes:
        lost = Path(volume.files[len(volume.files) // 2])
        others = set(volume.files) - {str(lost)}
        lost.rename(tmp_path / "lost")
        judged = [describe(found) for found in find([folder]) if others & {entry.source for entry in found.files}]
        (tmp_path / "lost").rename(lost)
        # Three slices show a gap by two steps; of two slices nobody can tell.
        assert len(volume.files) < 4 or [study.code for study in judged] == ["IN-SER-GAP"]


def test_an_answer_about_a_part_of_a_series_is_incomplete(tmp_path):
    FAULTS["missing first slice"].build(tmp_path)
    (found,) = find([tmp_path])
    loaded = read_study(found)
    assert loaded.scan.provenance.missing == found.missing
    assert "begin at 2: 1 of the images before it are missing" in found.missing[0]
    clock = SystemClock()
    arrival = Arrival("a", found.source, clock.now(), None)
    attempt = Attempt(found, NOTHING_ASKED, arrival, Budget(clock=clock), Stopwatch(clock), threads=1)
    attempt.has_read(loaded)
    none = Candidates(np.empty((0, 6), np.float32), np.empty(0, np.float32), np.empty(0, np.int64), cut_off=False)
    attempt.looked = Looked(none, coverage=1.0, stopped_by=None, tiles=1)
    outcome = attempt.outcome()
    assert (outcome.status, outcome.code, outcome.flagged) == (Status.INCOMPLETE, "IN-SER-INCOMPLETE", False)
    assert outcome.reading == "incomplete"
    assert "begin at 2" in outcome.reason


def test_a_series_whose_headers_are_not_at_hand_is_judged_alike(tmp_path):
    FAULTS["missing first slice"].build(tmp_path)
    (found,) = find([tmp_path])
    again = type(found)(found.source, found.path, files=found.files[::-1])
    assert read_study(again).scan.provenance.missing == found.missing


def ball(points_mm: np.ndarray, centre_mm: np.ndarray) -> np.ndarray:
    """A smooth ball of 8 mm in patient coordinates."""
    return 2000.0 * np.exp(-((points_mm - centre_mm) ** 2).sum(axis=-1) / (2 * 4.0**2))


GRIDS = {
    "even": (AXIAL, np.arange(0, 60, 2.0), (0.0, 0.0)),
    "tilted": (AXIAL, np.arange(0, 60, 2.0), (0.0, -0.33)),
    "uneven": (AXIAL, np.array([*np.arange(0, 30, 2.0), *np.arange(30, 62, 2.5)]), (0.0, 0.0)),
    "oblique, tilted and uneven": (
        OBLIQUE,
        np.array([*np.arange(0, 30, 2.0), *np.arange(30, 62, 2.5)]),
        (0.21, 0.13),
    ),
    "sagittal and tilted": (SAGITTAL, np.arange(0, 60, 2.0), (0.17, 0.0)),
}


def marked(folder: Path, name: str) -> tuple[np.ndarray, np.ndarray]:
    """Writes a series with a ball in it; returns the ball's centre in LPS mm and the stored slices."""
    cosines, places, drift = GRIDS[name]
    row_axis, column_axis = np.array(cosines).reshape(2, 3)
    rows, columns = np.indices((80, 70))[..., None] * np.reshape((0.8, 0.9), (2, 1, 1, 1))
    positions = [at(z, cosines, row_mm=z * drift[0], column_mm=z * drift[1]) for z in places]
    centre_mm = positions[len(positions) // 2] + 31.3 * row_axis + 28.7 * column_axis
    slices = [
        np.rint(ball(position + columns * row_axis + rows * column_axis, centre_mm)).astype(np.int16)
        for position in positions
    ]
    for number, (position, pixels) in enumerate(zip(positions, slices, strict=True)):
        write_slice(folder / f"{number:03}.dcm", position, pixels, cosines, PixelSpacing=[0.8, 0.9])
    return centre_mm, np.stack(slices)


def centroid(values: np.ndarray) -> np.ndarray:
    return np.array([(values * index).sum() / values.sum() for index in np.indices(values.shape)])


@pytest.mark.parametrize("name", GRIDS)
def test_a_marker_in_the_patient_is_where_the_resampled_volume_says(tmp_path, name):
    centre_mm, _ = marked(tmp_path, name)
    scan = read(tmp_path).scan
    along = (centroid(scan.pixels.astype(float)) * np.array(scan.spacing_mm))[::-1]
    found_mm = np.array(scan.origin_mm) + np.array(scan.direction).reshape(3, 3) @ along
    np.testing.assert_allclose(found_mm, centre_mm, atol=0.1)


def between(planes: np.ndarray, place: float, axis: int) -> np.ndarray:
    """Linear between the two planes beside a place along an axis; the outermost ones reach on."""
    low = int(np.clip(np.floor(place), 0, planes.shape[axis] - 1))
    high = min(low + 1, planes.shape[axis] - 1)
    share = np.clip(place - low, 0.0, 1.0)
    return (1 - share) * planes.take(low, axis) + share * planes.take(high, axis)


@pytest.mark.parametrize("name", GRIDS)
def test_each_stored_slice_comes_back_out_of_the_resampled_volume(tmp_path, name):
    _, stored = marked(tmp_path, name)
    scan = read(tmp_path).scan
    for pixels, where in zip(stored.astype(float), scan.slices, strict=True):
        plane = between(scan.pixels.astype(float), where.z_vox - 0.5, 0)
        rows = np.stack([between(plane, row - where.shift_px[0], 0) for row in range(pixels.shape[0])])
        back = np.stack([between(rows, column - where.shift_px[1], 1) for column in range(pixels.shape[1])], axis=1)
        assert abs(back - pixels).max() <= 0.06 * stored.max(), "linear twice rounds off the top of the ball"
        if pixels.max() > 100:
            np.testing.assert_allclose(centroid(back), centroid(pixels), atol=0.1)


def test_a_hole_between_two_acquisitions_says_how_to_go_on(tmp_path):
    FAULTS["two acquisitions with a hole between"].build(tmp_path)
    (study,) = [describe(found) for found in find([tmp_path])]
    assert study.reason.endswith("between acquisitions 1 and 2, each as a series of its own.")


def test_gap_names_the_slices_the_step_the_limit_and_the_missing_number(tmp_path):
    files = stack(tmp_path, depths())
    files[3].unlink()
    (study,) = [describe(found) for found in find([tmp_path])]
    assert f"step of {2 * STEP_MM:.2f} mm between slice 3 ({files[2]}) and slice 4 ({files[4]}) of {COUNT - 1}" in (
        study.reason
    )
    assert f"{STEP_MM:.2f} mm (limit 1.5x): slices are missing, with the instance number 4." in study.reason
