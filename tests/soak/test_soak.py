"""Two and a half minutes of full load; `make soak` goes on for thirty."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.soak.run import soak

SECONDS = 150.0


@pytest.mark.deep
def test_under_full_load_memory_and_descriptors_do_not_grow(tmp_path: Path) -> None:
    soaked = soak(tmp_path / "soak", SECONDS, seed=2)
    assert soaked.failures == ()
    memory, descriptors, _ = soaked.held  # a third of this holds too few answers for a 99th percentile
    assert memory.is_kept, str(memory)
    assert descriptors.is_kept, str(descriptors)
    assert soaked.answers > 100
