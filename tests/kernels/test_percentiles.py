"""Counts of values and of the halves of float32 keys, from which percentiles follow."""

import numpy as np
import pytest

from kernels.percentiles import BINS, count_halves, count_values, value_of


@pytest.mark.parametrize(("form", "lowest"), [(np.uint8, 0), (np.uint16, 0), (np.int16, -32768)])
def test_each_whole_number_has_a_count(form: type[np.generic], lowest: int) -> None:
    ends = np.iinfo(form)
    counts = count_values(np.array([[ends.min, ends.max, 7], [7, 7, ends.max]], form))
    assert counts.sum() == 6
    assert (counts[ends.min - lowest], counts[ends.max - lowest], counts[7 - lowest]) == (1, 2, 3)


def test_keys_of_floats_ascend_with_the_values_and_lead_back_to_them() -> None:
    values = np.array([-3e38, -2.5, -1e-40, -0.0, 0.0, 1e-40, 0.1, 0.1000001, 2.5, 3e38], np.float32)
    keys = []
    for value in values:
        (leading,) = np.flatnonzero(count_values(np.array([value], np.float32)))
        (trailing,) = np.flatnonzero(count_halves(np.array([value], np.float32), [5, leading])[1])
        assert value_of(int(leading), int(trailing)) == value
        keys.append(int(leading) * BINS + int(trailing))
    assert keys == sorted(set(keys))


def test_what_is_no_number_is_not_counted() -> None:
    values = np.array([np.nan, np.inf, -np.inf, 1.0], np.float32)
    assert count_values(values).sum() == 1
    assert count_halves(values, [0xFFC0, 0xFF80, 0x007F, 0xBF80]).sum(axis=1).tolist() == [0, 0, 0, 1]


def test_counts_of_parts_add_up() -> None:
    values = np.random.default_rng(1).normal(0, 1, (7, 11)).astype(np.float32)
    whole = count_values(values)
    assert (count_values(values[:3]) + count_values(values[3:]) == whole).all()
