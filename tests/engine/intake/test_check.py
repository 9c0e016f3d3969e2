"""What is asked of pixels after decoding, whoever decoded them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.errors import InputError
from engine.intake.check import check
from engine.intake.decoded import Decoded, Facts
from engine.intake.limits import Limits

GREY = Decoded(np.arange(12, dtype=np.uint8).reshape(3, 4), np.zeros((3, 4)), "MONOCHROME2", 255.0, "test")


def code_of(decoded: Decoded, limits: Limits | None = None) -> str:
    with pytest.raises(InputError) as caught:
        check(decoded, "a.tif", limits or Limits())
    return caught.value.code


def test_ordinary_pixels_pass_without_a_doubt():
    assert check(GREY, "a.tif", Limits()) == ()


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_one_value_that_is_no_number_is_refused_and_placed(value):
    pixels = np.full((5, 6), 0.5, np.float32)
    pixels[3, 2] = value
    with pytest.raises(InputError, match=r"holds 1 values .* row 3, column 2") as caught:
        check(replace(GREY, pixels=pixels), "a.tif", Limits())
    assert caught.value.code == "IN-PIX-NAN"


@pytest.mark.parametrize("value", [0, 7, 255])
def test_a_constant_frame_is_a_doubt(value):
    assert check(replace(GREY, pixels=np.full((5, 6), value, np.uint8)), "a.tif", Limits()) == ("constant-frame",)
    colour = np.broadcast_to(np.array([1, 2, value], np.uint8), (5, 6, 3))
    assert check(replace(GREY, pixels=colour, photometric="RGB"), "a.tif", Limits()) == ("constant-frame",)


def test_equal_corners_do_not_make_a_frame_constant():
    pixels = np.zeros((5, 6), np.uint8)
    pixels[2, 2] = 1
    assert check(replace(GREY, pixels=pixels), "a.tif", Limits()) == ()


@pytest.mark.parametrize(
    "pixels",
    [np.zeros((4, 4), np.float64), np.zeros((4, 4), np.int64), np.zeros(4, np.uint8), np.zeros((4, 4, 4), np.uint8)],
    ids=lambda pixels: f"{pixels.dtype} {pixels.shape}",
)
def test_another_shape_or_width_is_refused(pixels):
    assert code_of(replace(GREY, pixels=pixels)) == "IN-PIX-FORM"


def test_a_decoder_that_gives_more_than_the_header_said_is_caught():
    assert code_of(GREY, Limits(side_px=3)) == "IN-PIX-SIZE"


VOLUME = replace(GREY, pixels=np.arange(60, dtype=np.int16).reshape(3, 4, 5), facts=Facts(kind="volume"))


def test_a_volume_has_three_axes_and_may_be_a_doubt_too():
    assert check(VOLUME, "a.nii", Limits()) == ()
    assert check(replace(VOLUME, pixels=np.full((3, 4, 5), 7, np.int16)), "a.nii", Limits()) == ("constant-frame",)
    assert code_of(replace(VOLUME, pixels=np.zeros((4, 5), np.int16))) == "IN-PIX-FORM"
    row = np.broadcast_to(np.arange(5, dtype=np.int16), (3, 4, 5))
    assert check(replace(VOLUME, pixels=row), "a.nii", Limits()) == ()
