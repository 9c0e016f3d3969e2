"""Where every stored slice lies, held against its own position and orientation as DCMTK's `dcmdump` reads them.

SimpleITK is no oracle here: its series reader takes one step for all slices, and puts those of tilted and uneven series
tens of millimetres off.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from engine.errors import InputError
from engine.intake.find import find
from engine.intake.read import Loaded, read_study
from tests.engine.intake.faults import FAULTS
from tests.engine.intake.slices import position_mm

WITHIN_MM = 0.1
ASKED = ("ImagePositionPatient", "ImageOrientationPatient", "PixelSpacing", "Rows", "Columns", "SOPInstanceUID")
LINE = re.compile(r"\((\w{4},\w{4})\) \w\w (?:\[(.*)\]|(\S+)).*?(\w+)$")


@dataclass(frozen=True)
class Stated:
    """What one file says of the planes of its frames."""

    sop_uid: str
    rows: int
    columns: int
    positions: list[list[float]]
    orientations: list[list[float]]
    spacings: list[list[float]]

    def corners_mm(self, frame: int) -> list[tuple[int, int, np.ndarray]]:
        """Row, column and place of the four corner pixels (PS3.3 C.7.6.2.1.1); what is stated once holds for all."""
        position, orientation, spacing = (
            np.array(values[min(frame, len(values) - 1)])
            for values in (self.positions, self.orientations, self.spacings)
        )
        row_axis, column_axis = orientation.reshape(2, 3)
        down_mm, right_mm = spacing
        return [
            (row, column, position + column * right_mm * row_axis + row * down_mm * column_axis)
            for row in (0, self.rows - 1)
            for column in (0, self.columns - 1)
        ]


@pytest.fixture(scope="module")
def dcmdump() -> str:
    program = shutil.which("dcmdump")
    if program is None:
        pytest.skip("needs dcmdump (Debian: apt-get install dcmtk)")
    return program


def stated_by(program: str, path: str) -> Stated:
    asked = [word for name in ASKED for word in ("+P", name)]
    printed = subprocess.run([program, "-q", "+L", *asked, path], check=True, capture_output=True, text=True).stdout
    found: dict[str, list[str]] = {name: [] for name in ASKED}
    for line in printed.splitlines():
        if matched := LINE.match(line.strip()):
            found[matched[4]].append(matched[2] or matched[3])
    return Stated(
        found["SOPInstanceUID"][0],
        int(found["Rows"][0]),
        int(found["Columns"][0]),
        *([[float(word) for word in value.split("\\")] for value in found[name]] for name in ASKED[:3]),
    )


def greatest_error_mm(loaded: Loaded, program: str) -> float:
    """Over the corners of all stored slices; each must be an instance of the study."""
    assert len(loaded.study.instances) == len(loaded.scan.slices)
    errors = []
    files: dict[str, Stated] = {}
    for number, instance in enumerate(loaded.study.instances):
        stated = files.setdefault(instance.path, files.get(instance.path) or stated_by(program, instance.path))
        assert instance.sop_uid == stated.sop_uid
        errors += [
            float(np.linalg.norm(position_mm(loaded.scan, number, row, column) - place_mm))
            for row, column, place_mm in stated.corners_mm(instance.frame)
        ]
    return max(errors)


def volumes_in(paths: Sequence[Path]) -> list[Loaded]:
    volumes = []
    for found in find(paths):
        try:
            loaded = read_study(found)
        except InputError:
            continue
        if loaded.study.kind == "volume":
            volumes.append(loaded)
    return volumes


@pytest.mark.parametrize("name", ["ct_ge_head_28_tilt", "ct_philips_phantom_54", "mr_16_implicit", "mr_t1_sag_hfdr_35"])
def test_every_corner_of_a_real_series_lies_where_its_file_says(shared, dcmdump, name):
    (loaded,) = volumes_in([shared / "data" / "dicom" / "series" / name])
    assert greatest_error_mm(loaded, dcmdump) < WITHIN_MM


@pytest.mark.parametrize("name", FAULTS)
def test_every_corner_of_a_spoiled_series_lies_where_its_file_says(tmp_path, dcmdump, name):
    FAULTS[name].build(tmp_path)
    volumes = volumes_in([tmp_path])
    assert len(volumes) == sum(
        verdict.shape is not None and len(verdict.shape) == 3 for verdict in FAULTS[name].verdicts
    )
    for loaded in volumes:
        assert greatest_error_mm(loaded, dcmdump) < WITHIN_MM


@pytest.mark.parametrize("name", ["pdd_eCT_Supplemental.dcm", "agfa_Agfa_011-0001.img"])
def test_every_corner_of_a_frame_lies_where_its_functional_groups_say(shared, dcmdump, name):
    (loaded,) = volumes_in([shared / "data" / "dicom" / "files" / name])
    assert greatest_error_mm(loaded, dcmdump) < WITHIN_MM
