"""A minute of damaged files of every format; `make fuzz` goes on for ten."""

from __future__ import annotations

import time
from itertools import count
from pathlib import Path

import pytest

from tests.fuzz.campaign import Campaign
from tests.fuzz.cases import case
from tests.fuzz.seeds import all_seeds

SECONDS = 60
SEED = 4


@pytest.mark.deep
def test_a_minute_of_damaged_files_is_read_or_refused_with_codes(root: Path) -> None:
    end_s = time.monotonic() + SECONDS
    with Campaign(root / "out" / "fuzz" / f"seed-{SEED}") as campaign:
        campaign.run((case(SEED, number) for number in count()), lambda: time.monotonic() > end_s)
    assert campaign.findings.failures == []
    assert set(campaign.findings.cases) == {seed.form for seed in all_seeds()}
    assert campaign.findings.cases.total() >= 500
