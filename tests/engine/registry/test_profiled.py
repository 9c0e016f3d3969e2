from dataclasses import replace

from engine.domain.outcome import StageTimes
from engine.domain.timing import Timing
from engine.domain.workload import Workload
from engine.registry.profiled import keep_timings, profiled_timings
from tests.engine.tiny_model import CARD

TIMING = Timing(
    "bright-spots 1.0.0", "onnxruntime 1 cpu", "fast", "photograph", 1.0, Workload(1, 900, 90, 4, 2, 2), StageTimes(1.5)
)


def test_what_is_kept_of_several_models_is_read_back(home):
    other = replace(TIMING, model="nodules 2.0.0", kind="volume")
    keep_timings(home, CARD, [TIMING, TIMING])
    keep_timings(home, replace(CARD, id="nodules", version="2.0.0"), [other])
    assert profiled_timings(home) == (TIMING, TIMING, other)
    keep_timings(home, CARD, [TIMING])
    assert profiled_timings(home) == (TIMING, other)


def test_a_file_that_is_unsound_tells_nothing_and_spoils_no_other(home):
    keep_timings(home, CARD, [TIMING])
    (home.models / "a-1.0.0-b.profile.json").write_text('{"timings": [{"model": 3}]}')
    assert profiled_timings(home) == (TIMING,)
