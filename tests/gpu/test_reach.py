import numpy as np
import pytest

from kernels.device_arrays import copy_out, upload, zeros
from kernels.reach import mark_reaching_on_device, reaches

pytestmark = [pytest.mark.simulator, pytest.mark.gpu, pytest.mark.usefixtures("lane")]


@pytest.mark.parametrize("shape", [(1, 1, 2, 3), (3, 2, 9, 20), (2, 1, 4, 8, 8)])
def test_the_twin_marks_the_tiles_of_the_definition_and_forgets_none(shape):
    first, second = np.random.default_rng(3).random((2, *shape), np.float32)
    limit = float(max(first.max(), second.max()))
    reached, host = zeros((shape[0],), np.int32), np.zeros(shape[0], np.int32)
    for heat in (first, second):
        mark_reaching_on_device(upload(heat), limit, reached)
    copy_out(reached, host)
    assert (host != 0).tolist() == (reaches(first, limit) | reaches(second, limit)).tolist()
    assert host.sum() == 1
