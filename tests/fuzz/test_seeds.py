"""The seeds are what they claim: sound files of every format that is read."""

from __future__ import annotations

from pathlib import Path

from engine.intake.forms import SUFFIXES, form_of
from tests.fuzz.answer import answers_to
from tests.fuzz.cases import sound
from tests.fuzz.seeds import Seed, all_seeds

BUNDLED_REFUSALS = {
    "DICOMDIR", "JPEG2000-embedded-sequence-delimiter", "MR_truncated", "badVR", "crayons", "meta_missing_tsyntax",
    "emri_small_jpeg_2k_lossless_too_short", "no_meta", "reportsi", "rtplan", "liver_deflate",
}  # fmt: skip
"""Files that the manifest wants refused, or lets be."""

TIME_SERIES = {"example_nifti2", "functional"}


def is_to_be_read(seed: Seed) -> bool:
    return seed.name not in BUNDLED_REFUSALS | TIME_SERIES


def test_every_seed_that_is_to_be_read_is_read(tmp_path: Path) -> None:
    wrong = []
    for number, seed in enumerate(filter(is_to_be_read, all_seeds())):
        answers = answers_to(sound(seed).write(tmp_path / str(number)))
        if not answers or any(answer["code"] for answer in answers):
            wrong.append((seed.form, seed.name, answers))
    assert wrong == []


def test_every_form_that_is_read_has_seeds() -> None:
    forms = {form_of(content[:2048]) for seed in all_seeds() for _, content in seed.files}
    assert forms >= set(SUFFIXES)


def test_names_are_told_apart_and_files_are_not_empty() -> None:
    names = [(seed.form, seed.name) for seed in all_seeds()]
    assert len(set(names)) == len(names)
    assert all(content for seed in all_seeds() for _, content in seed.files)
