import numpy as np
import pytest

from kernels.sound import is_sound

ANSWERS = [
    ((0.0, 1.0, 0.5), (-3.0, 1e30), True),
    ((-0.0, 0.5), (0.0,), True),
    ((1.0000001,), (0.0,), False),
    ((-1e-30,), (0.0,), False),
    ((0.5, np.nan), (0.0,), False),
    ((0.5,), (1.0, np.nan), False),
    ((0.5,), (np.inf,), False),
    ((0.5,), (-np.inf, 2.0), False),
    ((np.inf,), (2.0,), False),
]


@pytest.mark.parametrize(("heat", "box", "sound"), ANSWERS)
def test_answers_are_sound_if_heat_is_probability_and_boxes_are_numbers(heat, box, sound):
    assert is_sound(np.array(heat, np.float32), np.array(box, np.float32)) is sound
