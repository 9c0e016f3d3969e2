import math

import numpy as np
import pytest
from numpy.random import default_rng

from engine.learn.phantom.canvas import Grid
from engine.learn.phantom.profile import TEST_SCANNERS, TRAIN_SCANNERS, Slices
from engine.learn.phantom.scanner import averaged, frequencies, noise_shape, stack_of, transfer

KERNELS = (*TRAIN_SCANNERS.kernels, *TEST_SCANNERS.kernels)
SLICES = (*TRAIN_SCANNERS.slices, *TEST_SCANNERS.slices)


@pytest.mark.parametrize("kernel", KERNELS, ids=lambda kernel: kernel.name)
def test_a_kernel_keeps_even_tissue_as_it_is(kernel) -> None:
    assert transfer(kernel, np.zeros(1, np.float32))[0] == pytest.approx(1.0)


def test_a_kernel_with_enhancement_raises_middle_frequencies_above_one() -> None:
    sharp = next(kernel for kernel in KERNELS if kernel.name == "sharp")
    assert transfer(sharp, np.array([0.5 * sharp.f50_per_mm], np.float32))[0] > 1.0


@pytest.mark.parametrize("kernel", KERNELS, ids=lambda kernel: kernel.name)
def test_noise_has_spread_one_and_no_mean_whatever_the_kernel(kernel) -> None:
    white = np.fft.rfft2(default_rng(1).standard_normal((120, 135), np.float32))
    noise = np.fft.irfft2(white * noise_shape(kernel, (120, 135), 0.7), s=(120, 135))
    assert noise.std() == pytest.approx(1.0, rel=0.05)
    assert abs(noise.mean()) < 1e-5


def test_noise_of_a_soft_kernel_is_coarser_than_that_of_a_sharp_one() -> None:
    frequency = frequencies((64, 64), 0.7)
    mean = [
        float((frequency * noise_shape(kernel, (64, 64), 0.7) ** 2).sum())
        / float((noise_shape(kernel, (64, 64), 0.7) ** 2).sum())
        for kernel in TRAIN_SCANNERS.kernels
    ]
    assert mean == sorted(mean)


@pytest.mark.parametrize("slices", SLICES, ids=lambda slices: f"{slices.spacing_mm}/{slices.thickness_mm}")
def test_slices_average_over_their_thickness(slices: Slices) -> None:
    stack = stack_of(Grid((0.0, 0.0, 0.0), (slices.spacing_mm, 1.0, 1.0), (5, 2, 2)), slices.thickness_mm)
    place = stack.fine.origin_mm[0] + stack.fine.step_mm[0] * np.arange(stack.fine.shape[0])
    ramp = np.broadcast_to(place[:, None, None], stack.fine.shape).astype(np.float32)
    for k in range(5):
        assert averaged(ramp, stack, k)[0, 0] == pytest.approx(k * slices.spacing_mm, abs=1e-4)
    spread = math.sqrt(float(stack.weights @ (place[: len(stack.weights)] - 0.0) ** 2))
    assert spread <= slices.thickness_mm / math.sqrt(12) * 1.35
