from dataclasses import replace

import numpy as np
import pytest

from engine.domain.model_card import DomainSpec
from engine.domain.scan import Provenance, Scan, StoredSlice
from engine.domain.study import Instance, Study
from engine.errors import InputError
from engine.registry.domain import require_steps, why_not
from tests.engine.registry.models import ct, photograph
from tests.engine.tiny_model import CARD, card_with

LUNG = card_with(domain=DomainSpec(("volume",), ("CT",), (32, 1024), (0.5, 2.5)))


def test_what_the_model_was_validated_on_is_let_through():
    assert why_not(CARD, photograph()) is None
    assert why_not(LUNG, ct()) is None


def test_brain_mr_is_not_for_a_detector_of_photographs():
    slice_ = Scan(np.zeros((64, 64), np.uint16), "image", "MR", "MONOCHROME2", Provenance(("a.dcm",), "test"))
    assert why_not(CARD, slice_) == "modality MR, the model was validated on photo"
    assert why_not(CARD, replace(slice_, modality="photo")) == "kind image, the model was validated on photograph"


def test_colour_is_not_grey():
    assert why_not(CARD, photograph(colour=True)) == "colour pixels, the model was validated on grey ones"


@pytest.mark.parametrize(("height", "width"), [(7, 64), (64, 7), (4097, 64), (64, 4097)])
def test_side_beyond_the_limits_is_named(height, width):
    assert why_not(CARD, photograph(height, width)) == (
        f"size {width} x {height} pixels, the model was validated on sides of 8 to 4096"
    )


@pytest.mark.parametrize(("height", "width"), [(8, 4096), (4096, 8)])
def test_sides_at_the_limits_are_let_through(height, width):
    assert why_not(CARD, photograph(height, width)) is None


def test_number_of_slices_is_no_side():
    assert why_not(LUNG, ct(shape=(2, 64, 64))) is None


@pytest.mark.parametrize("spacing_mm", [(5.0, 0.7, 0.7), (2.5, 0.49, 0.7), (2.5, 0.7, float("nan"))])
def test_spacing_beyond_the_limits_is_named(spacing_mm):
    assert "mm, the model was validated on 0.5 to 2.5 mm" in why_not(LUNG, ct(spacing_mm))


def test_spacing_that_the_file_does_not_state_is_not_guessed():
    assert why_not(LUNG, ct(None)) == "no spacing stated, the model was validated on 0.5 to 2.5 mm"


def test_last_digit_of_a_spacing_does_not_matter():
    assert why_not(LUNG, ct((2.5000000001, 0.4999999999, 0.7))) is None


@pytest.mark.parametrize(("grey", "fits"), [(25, False), (26, True), (102, True), (103, False)])
def test_a_mean_of_the_stored_values_beyond_the_limits_is_named(grey, fits):
    dark = card_with(domain=replace(CARD.domain, brightness=(0.1, 0.4)))
    mismatch = why_not(dark, replace(photograph(), pixels=np.full((64, 64), grey, np.uint8)))
    named = f"a mean brightness of {grey / 255:.1%}, the model was validated on 10% to 40%"
    assert mismatch == (None if fits else named)


THIN = card_with(domain=replace(LUNG.domain, gap_mm=3.0))


def study(count: int) -> Study:
    return Study("00", "volume", "CT", "series", tuple(Instance(f"{number}.dcm") for number in range(count)))


def test_steps_up_to_the_models_limit_are_let_through():
    require_steps(THIN, ct((3.0000000001, 0.7, 0.7)), study(4))
    require_steps(LUNG, ct((90.0, 0.7, 0.7)), study(4))
    require_steps(THIN, ct(None), study(4))
    require_steps(THIN, photograph(), study(1))


def test_a_step_over_the_models_limit_is_named_as_it_is_stored_even_where_the_grid_is_finer():
    stored = tuple(StoredSlice(place) for place in (0.5, 1.5, 4.0, 5.0))
    scan = replace(ct((2.0, 0.7, 0.7), shape=(5, 64, 64)), slices=stored)
    with pytest.raises(InputError, match=r"5\.00 mm between slice 2 \(1\.dcm\) and slice 3 \(2\.dcm\) of 4") as caught:
        require_steps(THIN, scan, study(4))
    assert (caught.value.code, bool(caught.value.next_step)) == ("IN-SER-GAP", True)


def test_the_slices_of_one_file_have_steps_too():
    with pytest.raises(InputError, match=r"step of 5\.00 mm between its slices"):
        require_steps(THIN, ct((5.0, 0.7, 0.7)), study(1))
