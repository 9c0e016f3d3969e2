import numpy as np
import pytest

from kernels.device_arrays import copy_out, upload, zeros
from kernels.sound import find_unsound_on_device
from tests.kernels.test_sound import ANSWERS

pytestmark = [pytest.mark.simulator, pytest.mark.gpu, pytest.mark.usefixtures("lane")]


@pytest.mark.parametrize(("heat", "box", "sound"), ANSWERS)
def test_the_twin_says_what_the_definition_says_and_forgets_nothing(heat, box, sound):
    found, host = zeros((1,), np.int32), np.zeros(1, np.int32)
    values = [upload(np.array([part] * 300, np.float32)) for part in (heat, box)]
    find_unsound_on_device(*values, found)
    find_unsound_on_device(upload(np.zeros((2, 3), np.float32)), upload(np.zeros((1, 1), np.float32)), found)
    copy_out(found, host)
    assert bool(host[0] == 0) is sound
