"""The same pixels get the same regions, byte for byte: in a fresh home, alone and among others."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine.places import RESOURCES

FOLDER = RESOURCES / "samples"
PHOTOGRAPHS = sorted(path for path in FOLDER.glob("*.jpg") if not path.name.startswith("damaged"))
SAMPLES = [*PHOTOGRAPHS, *FOLDER.glob("nuclei-*.png"), FOLDER / "ct-phantom"]


def run_fovea(home: Path, *arguments: object) -> tuple[int, list[dict], str]:
    done = subprocess.run(
        [sys.executable, "-m", "app.cli.main", *map(str, arguments)],
        env=os.environ | {"FOVEA_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr


@pytest.fixture(scope="module")
def batch(tmp_path_factory):
    status, lines, _ = run_fovea(tmp_path_factory.mktemp("home"), "run", *SAMPLES, "--json")
    assert status == 0
    return lines


def regions_of(lines):
    return [json.dumps(line["regions"]) for line in lines]


def test_every_sample_is_answered_in_full_and_some_are_flagged(batch):
    assert [line["status"] for line in batch] == ["answered"] * len(SAMPLES)
    assert [line["coverage"] for line in batch] == [1.0] * len(SAMPLES)
    assert sum(line["flagged"] for line in batch) >= 4
    assert {line["model"].split()[0] for line in batch} == {"surface-pitting", "nuclei", "ct-nodule-phantom"}


def test_a_second_run_in_a_fresh_home_gives_the_same_bytes(batch, tmp_path):
    _, again, _ = run_fovea(tmp_path / "home", "run", *SAMPLES, "--json")
    assert regions_of(again) == regions_of(batch)


@pytest.mark.parametrize("sample", SAMPLES[-3:], ids=lambda sample: sample.name)
def test_a_study_alone_gets_the_bytes_it_got_among_others(batch, tmp_path, sample):
    _, alone, _ = run_fovea(tmp_path / "home", "run", sample, "--json")
    assert regions_of(alone) == [regions_of(batch)[SAMPLES.index(sample)]]


def test_a_line_has_the_fields_of_the_manual_in_their_order(batch):
    assert list(batch[0]) == [
        "study", "source", "status", "flagged", "reason", "code", "coverage", "regions", "doubts", "model", "backend",
        "effort", "ms", "budget_s",
    ]  # fmt: skip
    assert list(batch[0]["ms"]) == ["read", "prepare", "detect", "merge", "record", "total"]
    flagged = next(line for line in batch if line["flagged"])
    assert list(flagged["regions"][0]) == ["label", "score", "band", "box_px"]
