"""The set through the program itself: one line a study, in agreement with the manifest, and never a traceback."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.manifest import BUNDLED, SHARED, Row, explained_codes, rows_of
from tests.end_to_end.test_same_answer import run_fovea

SET = SHARED if SHARED.is_dir() else BUNDLED
"""The whole set where it is at hand, otherwise the part of it that every clone has."""

ROWS = [*rows_of(SET, "file"), *rows_of(SET, "series")]
FOLDERS = sorted({row.path.parent for row in ROWS})

WORDS = {"readable": {"ok"}, "refuse": {"refused"}, "either": {"ok", "refused"}}


@dataclass(frozen=True, slots=True)
class Said:
    """What one call of the program said."""

    status: int
    lines: list[dict[str, Any]]
    stderr: str

    def of(self, row: Row) -> list[dict[str, Any]]:
        """The lines that speak of a file, or of the series in a folder."""
        path = str(row.path)
        return [line for line in self.lines if line["source"] == path or path in line["files"]]


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Said:
    return Said(*run_fovea(tmp_path_factory.mktemp("home"), "inspect", "--json", *FOLDERS))


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_each_line_of_the_manifest_gets_one_line_that_agrees_with_it(said: Said, row: Row) -> None:
    (line,) = said.of(row)
    assert line["status"] in WORDS[row.expected], line["reason"]
    if line["status"] == "refused":
        assert line["code"] in explained_codes()
        return
    assert line["modality"] == row.modality
    if row.pixel_hash and not row.grey_levels:
        assert line["pixel_sha256"][:16] == row.pixel_hash


def test_there_is_one_line_a_study_and_no_other(said: Said) -> None:
    assert Counter(line["source"] for line in said.lines).most_common(1)[0][1] == 1
    assert len(said.lines) == len(ROWS)
    assert said.status == 1


def test_no_traceback_and_no_warning_of_a_library_appears(said: Said) -> None:
    assert "Traceback" not in said.stderr
    assert "Warning" not in said.stderr


@pytest.mark.deep
def test_a_run_over_the_set_refuses_what_inspect_refuses_and_fails_nowhere(said: Said, tmp_path: Path) -> None:
    status, lines, stderr = run_fovea(tmp_path / "home", "run", "--json", *FOLDERS)
    assert "Traceback" not in stderr
    assert {line["source"] for line in lines} == {line["source"] for line in said.lines}
    assert len(lines) == len(said.lines)
    refused = {line["source"]: line["code"] for line in lines if line["status"] == "refused"}
    assert refused == {line["source"]: line["code"] for line in said.lines if line["status"] == "refused"}
    assert "failed" not in {line["status"] for line in lines}
    assert status == 1
