import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.prepare.percentiles import PoolCounter, percentiles
from engine.prepare.pool import RowPool

SHARES = [0.0, 0.5, 1.0, 37.3, 50.0, 99.0, 99.5, 100.0]


@settings(deadline=None, max_examples=60)
@given(
    form=st.sampled_from([np.uint8, np.uint16, np.int16, np.float32]),
    shape=st.tuples(st.integers(1, 9), st.integers(1, 9)),
    spread=st.sampled_from([0.0, 3.0, 9000.0]),
    seed=st.integers(0, 999),
)
def test_percentiles_are_those_of_numpy(form, shape, spread, seed):
    values = np.random.default_rng(seed).normal(100.0, spread, shape)
    pixels = np.clip(values, 0, 255).astype(form) if form == np.uint8 else values.astype(np.int16).astype(form)
    if form == np.float32:
        pixels = values.astype(np.float32)
    with RowPool(1) as pool:
        found = percentiles(PoolCounter(pixels, pool), SHARES)
    np.testing.assert_allclose(found, np.percentile(pixels.astype(np.float64), SHARES), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("form", [np.int16, np.float32])
def test_large_volumes_give_the_same_for_any_number_of_threads(form):
    pixels = np.random.default_rng(4).normal(0, 500, (20, 256, 256)).astype(form)
    found = []
    for threads in (1, 2, 3):
        with RowPool(threads) as pool:
            found.append(percentiles(PoolCounter(pixels, pool), SHARES))
    assert found[0] == found[1] == found[2]
    np.testing.assert_allclose(found[0], np.percentile(pixels.astype(np.float64), SHARES), rtol=1e-12)


def test_what_is_no_number_is_left_out():
    pixels = np.array([[np.nan, 1.0, np.inf], [3.0, -np.inf, 2.0]], np.float32)
    with RowPool(1) as pool:
        assert percentiles(PoolCounter(pixels, pool), [0.0, 50.0, 100.0]) == [1.0, 2.0, 3.0]
        assert percentiles(PoolCounter(np.full((2, 2), np.nan, np.float32), pool), [1.0, 99.0]) == [0.0, 0.0]
