"""What breaks around a running site, each as docs/operations.md says it ends: nothing lost, nothing twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine.audit.key import read_first_key
from engine.clock import SystemClock
from engine.operators.session import single_operator
from engine.places import Home
from engine.store.restore import restore
from tests.conftest import ROOT
from tests.crash.answers import (
    answered,
    connected,
    outcomes_of,
    problems_of_the_answers,
    problems_of_the_record,
    wait_for_answers,
)
from tests.crash.files import throw_in
from tests.crash.full_disk import ALARM, NOT_ALLOWED
from tests.crash.pictures import picture
from tests.crash.trial import ANSWER_S, WATCHING, all_problems, configured, health, running, wait_until

pytestmark = [pytest.mark.deep, pytest.mark.timeout(300)]

AN_HOUR_S = 3600.0
BEFORE = ("before-1.png", "before-2.png")
MEANWHILE = ("meanwhile-1.png", "meanwhile-2.png")

WITHOUT_PRIVILEGE = ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all")
"""A root that permissions hold for, as they do for everyone else."""

FAKE_CLOCK = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
"""What Debian's package of that name puts before the system's clock."""


@pytest.mark.parametrize("played", ["full_disk", "full_start"])
def test_a_full_disk_holds_everything_up_and_loses_nothing(tmp_path: Path, played: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", f"tests.crash.{played}", tmp_path / "site"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode == NOT_ALLOWED:
        pytest.skip("this machine does not let us mount a small disk (unshare --mount)")
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_a_database_that_cannot_be_written_is_named_and_used_again_once_it_can(tmp_path: Path) -> None:
    prefix = WITHOUT_PRIVILEGE if os.getuid() == 0 else ()
    with running(tmp_path, prefix=prefix) as site:
        folder = site.watched[0].folder
        thrown_in = throw_in(folder, *BEFORE)
        assert not wait_for_answers(site.home, thrown_in, ANSWER_S)
        site.stop()
        site.home.database.chmod(0o400)
        thrown_in |= throw_in(folder, *MEANWHILE)

        refused = site.told("watch", folder, *WATCHING)

        assert refused.returncode == 1
        assert "ST-READONLY" in refused.stderr
        site.home.database.chmod(0o600)
        site.start()
        assert all_problems(site, thrown_in) == []


def test_a_clock_set_back_an_hour_loses_and_repeats_nothing(tmp_path: Path) -> None:
    if FAKE_CLOCK is None:
        pytest.skip("needs libfaketime (Debian: faketime)")
    shift = tmp_path / "shift"
    shift.write_text("+0")
    faked = {
        "LD_PRELOAD": str(FAKE_CLOCK),
        "FAKETIME_TIMESTAMP_FILE": str(shift),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "NO_FAKE_STAT": "1",  # files keep the times that they were written at
    }
    with running(tmp_path, environment=faked) as site:
        folder = site.watched[0].folder
        thrown_in = throw_in(folder, *(f"before-{number}.png" for number in range(4)))
        assert wait_until(lambda: bool(answered(site.home)), ANSWER_S)

        shift.write_text(f"-{AN_HOUR_S:g}")
        thrown_in |= throw_in(folder, *(f"after-{number}.png" for number in range(4)))

        assert all_problems(site, thrown_in) == []
        with connected(site.home) as database:
            (behind,) = database.execute("SELECT max(arrived_at) > min(arrived_at) FROM arrivals").fetchone()
        assert behind


@pytest.mark.parametrize("events", ["inotify", "poll"])
def test_a_share_that_goes_away_is_an_alarm_and_is_taken_up_again(events: str, tmp_path: Path) -> None:
    with running(tmp_path, "--events", events) as site:
        folder = site.watched[0].folder
        thrown_in = throw_in(folder, *BEFORE)
        assert not wait_for_answers(site.home, thrown_in, ANSWER_S)

        folder.rename(site.outside / "away")
        assert wait_until(lambda: health(site)[0] == ALARM)
        assert str(folder) in json.dumps(health(site)[1])
        throw_in(site.outside / "away", *MEANWHILE)
        (site.outside / "away").rename(folder)
        thrown_in |= {folder / name: picture(name) for name in MEANWHILE}

        assert not wait_for_answers(site.home, thrown_in, ANSWER_S)
        assert wait_until(lambda: health(site)[0] == 0)
        assert all_problems(site, thrown_in) == []


def test_a_backup_made_while_it_works_is_put_back_on_another_machine(tmp_path: Path) -> None:
    """As docs/operations.md has it under backup: with the first key, and none of the others."""
    first_key, copy = tmp_path / "first.key", tmp_path / "copy.db"
    with running(tmp_path) as site:
        thrown_in = throw_in(site.watched[0].folder, *(f"{number}.png" for number in range(12)))
        assert wait_until(lambda: bool(answered(site.home)), ANSWER_S)
        assert site.told("audit", "setup", "--out", first_key).returncode == 0
        assert site.told("backup", copy).returncode == 0
        assert all_problems(site, thrown_in) == []

    elsewhere = Home(tmp_path / "elsewhere")
    restore(elsewhere, copy, single_operator(), SystemClock(), read_first_key(first_key))
    assert answered(elsewhere)
    assert list(problems_of_the_answers(elsewhere, {}, thrown_in)) == []
    assert list(problems_of_the_record(elsewhere)) == []


def test_a_file_that_may_not_be_read_is_refused_after_the_wait_and_holds_up_no_other(tmp_path: Path) -> None:
    prefix = WITHOUT_PRIVILEGE if os.getuid() == 0 else ()
    with configured(tmp_path, "wait_s = 5.0", prefix=prefix) as (site, folder):
        folder.mkdir()
        secret = site.outside / "secret.png"
        secret.write_bytes(b"nobody may read this")
        secret.chmod(0)
        secret.rename(folder / secret.name)
        thrown_in = throw_in(folder, "open-1.png", "open-2.png")
        with site.at_work("watch"):
            assert not wait_for_answers(site.home, thrown_in, ANSWER_S)
            assert not wait_for_answers(site.home, [folder / secret.name], ANSWER_S)

        refusals = outcomes_of(site.home)[str(folder / secret.name)]
        assert {one.outcome.code for one in refusals} == {"IN-UNREADABLE"}
        assert "Permission denied" in refusals[0].outcome.reason
        assert list(problems_of_the_record(site.home)) == []


def test_a_share_that_comes_after_the_start_is_taken_up(tmp_path: Path) -> None:
    with configured(tmp_path) as (site, folder), site.at_work("watch"):
        assert wait_until(lambda: health(site)[0] == ALARM)
        folder.mkdir()
        thrown_in = throw_in(folder, *BEFORE)

        assert not wait_for_answers(site.home, thrown_in, ANSWER_S)
        assert wait_until(lambda: health(site)[0] == 0)
