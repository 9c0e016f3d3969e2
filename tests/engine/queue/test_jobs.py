import os
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from engine.domain.arrival import Arrival
from engine.domain.job import Job
from engine.domain.request import NOTHING_ASKED
from engine.errors import InputError
from engine.intake.find import find
from engine.intake.read import read_study
from engine.queue.jobs import Claimed, found_of, job_for
from engine.queue.reading import listing_again
from engine.store.queue import claim, enqueue, next_waiting
from tests.engine.test_pipeline_of_volumes import SPOT, voxels, write_series
from tests.engine.tiny_model import picture

ARRIVED = datetime(2026, 1, 31, tzinfo=UTC)


def through_the_queue(store, found) -> Job:
    arrival = Arrival("a" * 32, found.source, ARRIVED)
    enqueue(store, job_for(found, NOTHING_ASKED, arrival, "run", None))
    return claim(store, "w1", *next_waiting(store))


def test_a_name_that_is_no_text_is_found_again(store, tmp_path):
    name = os.fsdecode(b"caf\xe9.png")
    (found,) = find([Path(picture(tmp_path / "a.png").path.rename(tmp_path / name))])
    job = through_the_queue(store, found)
    assert found_of(job) == found
    assert (job.kind, job.stored_bytes) == ("photograph", (tmp_path / name).stat().st_size)
    assert read_study(found_of(job)).study.content_hash == read_study(found).study.content_hash


def test_a_refusal_is_the_same_refusal_at_the_other_end(store, tmp_path):
    (found,) = find([tmp_path / "nowhere.png"])
    with pytest.raises(InputError) as refusal:
        read_study(found_of(through_the_queue(store, found)))
    assert (refusal.value.code, str(refusal.value)) == (found.refusal.code, str(found.refusal))


def test_a_series_is_read_again_with_the_same_pixels(store, tmp_path):
    found = write_series(tmp_path / "ct", voxels(SPOT))
    again = found_of(through_the_queue(store, found))
    assert (again, again.slices) == (found, ())
    read, expected = listing_again(read_study)(again), read_study(found)
    assert read.study == expected.study
    assert np.array_equal(read.scan.pixels, expected.scan.pixels)


def test_what_the_search_found_missing_of_a_series_stays_missing(store, tmp_path):
    found = write_series(tmp_path / "ct", voxels(SPOT))
    claimed = through_the_queue(
        store, type(found)(found.source, found.path, None, found.files, (), ("3 are missing.",))
    )
    assert listing_again(read_study)(found_of(claimed)).scan.provenance.missing == ("3 are missing.",)


def test_a_series_that_lost_a_file_on_the_way_is_refused(store, tmp_path):
    found = write_series(tmp_path / "ct", voxels(SPOT))
    job = through_the_queue(store, found)
    found.files[3].path.unlink()
    with pytest.raises(InputError, match="does not exist"):
        listing_again(read_study)(found_of(job))


def test_a_claim_is_its_job_with_its_files(store, tmp_path):
    (found,) = find([picture(tmp_path / "a.png").path])
    job = through_the_queue(store, found)
    claimed = Claimed(job, found_of(job))
    assert (claimed.arrival, claimed.request, claimed.attempt) == (job.arrival, NOTHING_ASKED, 1)
    assert (claimed.lease.worker, claimed.lease.attempt) == ("w1", 1)
