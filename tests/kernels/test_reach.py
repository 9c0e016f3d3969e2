import numpy as np

from kernels.reach import reaches


def test_a_tile_reaches_a_limit_with_one_cell_of_any_label():
    heat = np.zeros((4, 2, 3, 5), np.float32)
    heat[1, 0, 2, 4] = 0.3
    heat[2, 1, 0, 0] = 0.29
    heat[3] = 0.9
    assert reaches(heat, 0.3).tolist() == [False, True, False, True]
    assert reaches(heat[..., None], 0.25).tolist() == [False, True, True, True]
