"""Forecasts from recorded timings: quantiles, what few draws are worth, and what is believed of a run time."""

import random

import pytest

from engine.domain.outcome import StageTimes
from engine.domain.timing import Timing
from engine.domain.workload import Workload
from engine.queue.calibration import steered, upper_quantile
from engine.queue.forecast import Extent, Forecaster

MEBIBYTE = 1 << 20


def timing(detect_s=1.0, read_s=0.0, **changes):
    workload = Workload(files=1, read_bytes=10 * MEBIBYTE, pixels=1, tiles=5, calls=10, threads=2)
    return Timing(
        **{
            "model": "nodule 1.0.0",
            "backend": "cpu",
            "effort": "full",
            "kind": "volume",
            "coverage": 1.0,
            "workload": workload,
            "ms": StageTimes(read=1000.0 * read_s, detect=1000.0 * detect_s),
        }
        | changes
    )


def sized(calls=10, read_bytes=10 * MEBIBYTE):
    return Workload(files=1, read_bytes=read_bytes, pixels=1, tiles=calls // 2, calls=calls, threads=2)


def extent(calls=10, effort="full", network_px=1_000_000):
    return Extent(effort, calls // 2, calls, network_px)


@pytest.mark.parametrize(("count", "wanted"), [(8, None), (9, 9), (10, 10), (18, 18), (19, 18), (99, 90)])
def test_the_rank_of_a_90_percent_quantile_counts_the_next_draw_in(count, wanted):
    assert upper_quantile(range(1, count + 1), 0.9) == wanted


def test_the_next_draw_is_below_the_quantile_in_nine_of_ten_cases_however_few_there_are():
    chance = random.Random(3)
    draws = [[chance.expovariate(1.0) for _ in range(12)] for _ in range(4000)]
    below = [last <= upper_quantile(sorted(before), 0.9) for *before, last in draws]
    assert 0.9 <= sum(below) / len(below) < 0.94


def test_nothing_recorded_is_said_and_assumed_to_be_slow():
    forecast = Forecaster().look("nodule 1.0.0", extent(network_px=5_000_000))
    assert forecast.basis == "assumed"
    assert (forecast.p50_s, forecast.p90_s) == (5.0, 10.0)
    assert Forecaster().work("volume", 100 * MEBIBYTE).basis == "assumed"


def test_eight_answers_are_few_and_doubled_nine_are_enough():
    slow = [timing(detect_s=1.0 + number / 10) for number in range(9)]
    few = Forecaster(tuple(slow[:8])).look("nodule 1.0.0", extent())
    assert (few.basis, few.p90_s) == ("few", pytest.approx(2 * 1.7))
    enough = Forecaster(tuple(slow)).look("nodule 1.0.0", extent())
    assert (enough.basis, enough.p90_s) == ("recorded", pytest.approx(1.8))


def test_each_stage_grows_with_its_own_work():
    recorded = timing(ms=StageTimes(read=700.0, prepare=600.0, detect=1100.0, merge=110.0))
    forecast = Forecaster((recorded,)).look("nodule 1.0.0", Extent("full", tiles=11, calls=21, network_px=1))
    assert forecast.p50_s == pytest.approx(0.6 * 12 / 6 + (1.1 + 0.11) * 22 / 11)


def test_the_studies_nearest_in_size_count():
    small = [timing(detect_s=1.0, workload=sized(calls=10)) for _ in range(80)]
    large = [timing(detect_s=50.0, workload=sized(calls=100)) for _ in range(80)]
    forecaster = Forecaster(tuple(small + large))
    assert forecaster.look("nodule 1.0.0", extent(calls=10)).p90_s == pytest.approx(1.0)
    assert forecaster.look("nodule 1.0.0", extent(calls=100)).p90_s == pytest.approx(50.0)


def test_of_studies_alike_the_newest_count():
    was, is_now = [timing(detect_s=9.0)] * 100, [timing(detect_s=1.0)] * 60
    assert Forecaster(tuple(was + is_now)).look("nodule 1.0.0", extent()).p90_s == pytest.approx(1.0)


def test_an_effort_that_was_never_used_is_forecast_by_its_work_and_said_to_rest_on_little():
    forecaster = Forecaster((timing(detect_s=11.0),) * 20)
    quick = forecaster.look("nodule 1.0.0", extent(calls=4, effort="fast"))
    assert (quick.basis, quick.p90_s) == ("few", pytest.approx(5.0))


def test_before_it_is_read_a_study_is_forecast_by_its_stored_bytes():
    forecaster = Forecaster((timing(detect_s=9.0, read_s=2.0),) * 20)
    forecast = forecaster.work("volume", 32 * MEBIBYTE)
    assert forecast.basis == "recorded"
    assert forecast.p50_s == pytest.approx(33.0, rel=0.06)


def test_pictures_tell_nothing_of_volumes():
    assert Forecaster((timing(kind="photograph"),) * 20).work("volume", MEBIBYTE).basis == "assumed"


def test_a_model_that_is_asked_for_is_forecast_by_its_own_answers():
    both = tuple([timing(detect_s=1.0)] * 20 + [timing(detect_s=30.0, model="spine 2.0.0")] * 20)
    assert Forecaster(both).work("volume", 10 * MEBIBYTE, "spine").p90_s == pytest.approx(30.0, rel=0.06)


def test_the_quickest_effort_is_the_one_that_took_least():
    both = tuple([timing(detect_s=20.0)] * 20 + [timing(detect_s=4.0, effort="fast")] * 20)
    assert Forecaster(both).quickest("volume", 10 * MEBIBYTE).p90_s == pytest.approx(4.0, rel=0.06)


def test_work_that_was_cut_off_counts_as_what_all_of_it_would_have_taken():
    cut_off = timing(detect_s=5.0, coverage=0.5)
    assert Forecaster((cut_off,) * 20).work("volume", 10 * MEBIBYTE).p50_s == pytest.approx(10.0, rel=0.06)


def test_a_run_time_that_was_lost_is_not_believed_for_its_better_days():
    good, bad = timing(detect_s=1.0, backend="gpu"), timing(detect_s=8.0, backend="cpu")
    assert Forecaster((good,) * 50 + (bad,)).look("nodule 1.0.0", extent()).p50_s == pytest.approx(8.0)
    assert Forecaster((good,) * 50 + (bad, good)).look("nodule 1.0.0", extent()).p50_s == pytest.approx(1.0)


def test_a_run_time_that_one_model_lost_is_lost_to_the_others():
    spine = timing(detect_s=1.0, backend="gpu", model="spine 2.0.0")
    good, bad = timing(detect_s=1.0, backend="gpu"), timing(detect_s=8.0, backend="cpu")
    assert Forecaster((spine,) * 20 + (good, bad)).look("spine 2.0.0", extent()).basis == "assumed"


def test_whoever_really_looks_is_forecast_by_its_own_answers():
    good, bad = timing(detect_s=1.0, backend="gpu 1.0"), timing(detect_s=8.0, backend="cpu 1.0")
    forecaster = Forecaster((bad,) * 20 + (good,) * 50)
    assert forecaster.look("nodule 1.0.0", extent()).p50_s == pytest.approx(1.0)
    assert forecaster.look("nodule 1.0.0", extent(), "cpu 1.0").p50_s == pytest.approx(8.0)
    assert forecaster.look("nodule 1.0.0", extent(), "cpu 1.1").p50_s == pytest.approx(8.0)
    assert forecaster.look("nodule 1.0.0", extent(), "other 1.0").basis == "assumed"


def test_a_beginning_tells_nothing_of_the_whole():
    begun = timing(detect_s=2.0, coverage=0.01, forecast_p90_s=10.0)
    assert begun.in_forecast is None
    assert Forecaster((begun,) * 20).work("volume", 10 * MEBIBYTE).basis == "assumed"


def test_another_number_of_threads_is_another_machine():
    few = Workload(files=1, read_bytes=1, pixels=1, tiles=5, calls=10, threads=1)
    forecaster = Forecaster((timing(detect_s=1.0),) * 20 + (timing(detect_s=5.0, workload=few),))
    assert forecaster.look("nodule 1.0.0", extent()).p50_s == pytest.approx(5.0)


def test_forecasts_that_did_not_hold_widen_the_next():
    draws = [timing(detect_s=1.0 + number / 100) for number in range(20)]
    held = [timing(detect_s=1.0 + number / 100, forecast_p90_s=9.0) for number in range(20)]
    missed = [timing(detect_s=1.0 + number / 100, forecast_p90_s=0.5) for number in range(20)]
    before, narrower, wider = (
        Forecaster(tuple(some)).look("nodule 1.0.0", extent()).p90_s for some in (draws, held, missed)
    )
    assert narrower < before < wider


@pytest.mark.parametrize("noise", [0.3, 0.6])
def test_steered_forecasts_hold_in_nine_of_ten_cases_although_the_first_guess_is_wrong(noise):
    chance, held = random.Random(1), []
    for number in range(1000):
        scale = 3.0 if number > 500 else 1.0
        held.append(scale * chance.lognormvariate(0.0, noise) <= steered(held))
    assert sum(held) / len(held) == pytest.approx(0.9, abs=0.03)


def test_what_was_not_forecast_steers_nothing():
    assert steered([None, None]) == 1.0
