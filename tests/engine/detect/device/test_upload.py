"""Sending stored values; in the simulator as on a GPU."""

import numpy as np
import pytest

from engine.detect.device import upload
from engine.errors import Cancelled
from engine.prepare.pool import RowPool
from kernels.device_arrays import copy_out, empty, new_stream, wait

pytestmark = [pytest.mark.simulator, pytest.mark.gpu, pytest.mark.usefixtures("lane")]


def sent(values, monkeypatch, block_bytes, check=lambda: None):
    monkeypatch.setattr(upload, "BLOCK_BYTES", block_bytes)
    stream, target, host = new_stream(), empty(values.shape, values.dtype), np.empty_like(values)
    with RowPool(2) as pool:
        upload.Uploader().send(values, target, stream, pool, check)
    copy_out(target, host, stream)
    wait(stream)
    return host


@pytest.mark.parametrize("form", [np.uint8, np.uint16, np.int16, np.float32])
@pytest.mark.parametrize("length", [1, 64, 65, 1000])
def test_every_value_arrives_once_whatever_the_blocks(monkeypatch, form, length):
    values = np.random.default_rng(3).integers(0, 250, length).astype(form)
    assert sent(values, monkeypatch, 256).tobytes() == values.tobytes()


def test_a_person_who_cancels_is_heard_between_two_blocks(monkeypatch):
    asked = []

    def check():
        asked.append(1)
        if len(asked) == 3:
            raise Cancelled("BU-CANCELLED", "Stop.")

    with pytest.raises(Cancelled):
        sent(np.zeros(1000, np.uint8), monkeypatch, 256, check)
    assert len(asked) == 3
