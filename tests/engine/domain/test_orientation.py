"""Letters at the edges of an image, from direction cosines."""

from __future__ import annotations

import numpy as np
import pytest

from engine.domain.exam import Exam
from engine.domain.orientation import Edges, edges_of, letters_of
from engine.domain.scan import Provenance, Scan


def scan(row, column, **more) -> Scan:
    axes = np.column_stack([row, column, np.cross(row, column)])
    return Scan(
        np.zeros((2, 3, 4), np.int16),
        more.pop("kind", "volume"),
        "CT",
        "MONOCHROME2",
        Provenance(("a",), "test"),
        direction=tuple(axes.ravel()),
        **more,
    )


@pytest.mark.parametrize(
    ("row", "column", "edges"),
    [
        ((1, 0, 0), (0, 1, 0), Edges("R", "A", "L", "P")),
        ((-1, 0, 0), (0, -1, 0), Edges("L", "P", "R", "A")),
        ((0, 1, 0), (0, 0, -1), Edges("A", "H", "P", "F")),
        ((1, 0, 0), (0, 0, -1), Edges("R", "H", "L", "F")),
        ((0.8, 0.6, 0), (-0.6, 0.8, 0), Edges("RA", "AL", "LP", "PR")),
        ((0.6, 0.8, 0), (0, 0, -1), Edges("AR", "H", "PL", "F")),
        ((1, 0, 0), (0, 0.97, 0.2431), Edges("R", "A", "L", "P")),
    ],
    ids=["axial", "turned by half", "sagittal", "coronal", "oblique", "oblique sagittal", "tilted by 14 degrees"],
)
def test_edges_have_the_letters_that_rows_and_columns_run_to(row, column, edges):
    assert edges_of(scan(row, column)) == edges


def test_the_side_that_is_named_first_is_the_nearer_one():
    assert letters_of((0.6, -0.8, 0.0)) == "AL"
    assert letters_of((0.0, -0.5, 0.866)) == "HA"
    assert letters_of((0.0, 0.0, -1.0)) == "F"


def test_what_the_file_does_not_say_has_no_letters():
    assert edges_of(scan((1, 0, 0), (0, 1, 0), oriented=False)) is None
    assert edges_of(scan((1, 0, 0), (0, 1, 0), kind="photograph")) is None


def test_a_projection_has_the_letters_that_its_file_states():
    exam = Exam(row_and_column=("L", "FP"))
    assert edges_of(scan((1, 0, 0), (0, 1, 0), oriented=False, exam=exam)) == Edges("R", "HA", "L", "FP")
    assert edges_of(scan((-1, 0, 0), (0, 1, 0), exam=exam)).right == "R", "cosines come first"
