"""Limits are held against what a header states."""

from __future__ import annotations

import pytest

from engine.errors import InputError
from engine.intake.limits import Limits


@pytest.mark.parametrize(
    ("width", "height", "bytes_per_pixel", "named"),
    [
        (1, 1, 1, "at least 2"),
        (0, 100, 1, "at least 2"),
        (-5, 100, 1, "at least 2"),
        (40_000, 100, 1, "32,768 pixels a side"),
        (100, 32_769, 1, "32,768 pixels a side"),
        (20_000, 10_001, 1, "200,000,000 pixels in all"),
        (20_000, 10_000, 12, "2,048 MiB"),
    ],
)
def test_the_message_names_the_size_found_and_the_limit(width, height, bytes_per_pixel, named):
    with pytest.raises(InputError) as caught:
        Limits().check_size("a.png", width, height, bytes_per_pixel)
    assert caught.value.code == "IN-PIX-SIZE"
    assert f"{width:,} x {height:,}" in caught.value.message
    assert named in caught.value.message


@pytest.mark.parametrize(("width", "height"), [(2, 2), (32_768, 6_000), (20_000, 10_000)])
def test_sizes_at_the_limits_pass(width, height):
    Limits().check_size("a.png", width, height, 6)


@pytest.mark.parametrize(
    ("shape", "named"),
    [
        ((0, 100, 100), "1 to 32,768 slices"),
        ((32_769, 2, 2), "1 to 32,768 slices"),
        ((4_097, 512, 512), "2,048 MiB"),
        ((10, 100, 40_000), "pixels a side"),
        ((10**30, 100, 100), "slices"),
    ],
)
def test_a_volume_is_held_against_the_limits_as_a_whole(shape, named):
    with pytest.raises(InputError) as caught:
        Limits().check_volume("series", shape, 2)
    assert caught.value.code == "IN-PIX-SIZE"
    assert named in caught.value.message


def test_a_volume_at_the_limit_passes():
    Limits().check_volume("series", (4_096, 512, 512), 2)
