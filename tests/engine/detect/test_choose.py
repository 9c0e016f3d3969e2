"""The choice of the run time, with tables of GPUs, makes, plans and verdicts that this machine does not have."""

import subprocess
import sys
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from itertools import product

import pytest

from engine.detect.choose import backends, choose_backend, full_name, take_first, working_backends
from engine.detect.device.probe import Gpu, GpuTable, probe_gpus
from engine.detect.onnx_cpu import OnnxCpu
from engine.detect.tensorrt.backend import TensorRt
from engine.detect.tensorrt.make import RTX_SUPPORTED, Make
from engine.detect.tensorrt.plan_cache import PlanCache
from engine.detect.tensorrt.plan_file import Label
from engine.detect.tensorrt.plan_key import PlanKey
from engine.detect.torch_reference import TorchReference
from engine.errors import BackendError, UsageError
from engine.program import program_version
from engine.registry.verdicts import FigurePair, Verdict, Verdicts
from tests.engine.altered import Altered
from tests.engine.tiny_model import CARD

ADA, HOPPER, TURING, PASCAL = (8, 9), (9, 0), (7, 5), (6, 1)
# A module that opens on every machine stands for TensorRT's: the choice asks no more of it than that.
RTX = Make("tensorrt-rtx", "json", "1.7.1", RTX_SUPPORTED)
FULL = Make("tensorrt", "json", "10.14.1")


def gpus(capability, driver="580.65.06"):
    return GpuTable((Gpu(0, "NVIDIA card", capability, 16 << 30, 15 << 30, driver, (13, 0)),))


NO_GPU = GpuTable(why_none="no NVIDIA driver is installed (libcuda.so.1 is not there)")


@pytest.fixture
def make_is(monkeypatch):
    def set_make(make):
        monkeypatch.setattr("engine.detect.tensorrt.backend.find_make", lambda _capability=None: make)
        monkeypatch.setattr("engine.detect.tensorrt.backend._NEEDED", ())

    return set_make


def table_of(home, gpu_table, precisions=("fp32",)):
    tensorrt = [TensorRt(precision, home, lambda: gpu_table) for precision in precisions]
    return (*tensorrt, OnnxCpu(), TorchReference())


def verdict(backend, differences=(), figures=()):
    at = datetime(2030, 1, 2, tzinfo=UTC)
    setting = (backend.name, backend.precision, backend.identity(), program_version())
    return Verdict(CARD.name, CARD.hash, *setting, "torch 2 cpu", at, (), differences, figures)


@contextmanager
def plan(home, state, make, capability, precision="fp32", driver="580.65.06"):
    cache = PlanCache(home)
    key = PlanKey.of(CARD.hash, make, precision, (capability,), driver)
    with ExitStack() as held:
        if state == "ready":
            cache.write(Label(key, "0" * 64, "2030-01-02T00:00:00+00:00", 0.3), b"code")
        elif state == "building":
            assert held.enter_context(cache.making(key))
        elif state == "failed":
            cache.note_failure(key, "it has a NonMaxSuppression")
        yield


@pytest.mark.parametrize(
    ("gpu_table", "make", "said"),
    [
        (NO_GPU, RTX, "no NVIDIA driver is installed"),
        (gpus(ADA), None, "no make of TensorRT is installed"),
        (gpus(HOPPER), RTX, "does not support GPUs of compute capability 9.0"),
        (gpus(PASCAL), FULL, "needs compute capability 7.5 or newer"),
        (gpus(ADA), Make("tensorrt-rtx", "a_stub_that_raises", "1.7.1", RTX_SUPPORTED), "cannot be opened"),
    ],
)
def test_a_gpu_or_make_that_does_not_do_leaves_the_cpu_and_its_reason(home, make_is, gpu_table, make, said):
    make_is(make)
    table = table_of(home, gpu_table)
    assert [backend.name for backend in working_backends(None, table)] == ["onnx-cpu"]
    assert said in table[0].why_not()
    with pytest.raises(BackendError) as caught:
        working_backends("tensorrt", table)
    assert caught.value.code == "BE-ABSENT"
    assert said in caught.value.message


@pytest.mark.parametrize(
    ("capability", "make"), [*product(RTX_SUPPORTED, [RTX]), (ADA, FULL), (HOPPER, FULL), (TURING, FULL)]
)
def test_a_supported_gpu_with_a_plan_and_a_verdict_answers(home, make_is, capability, make):
    make_is(make)
    table = table_of(home, gpus(capability))
    verdicts = Verdicts(home)
    with plan(home, "ready", make, capability):
        verdicts.keep(CARD, table[0], verdict(table[0]))
        choice = choose_backend(CARD, working_backends(None, table), verdicts.of)
    assert (choice.backend, choice.passed_over) == (table[0], ())


@pytest.mark.parametrize(
    ("state", "differences", "said", "waits"),
    [
        ("missing", (), "it has no fp32 plan for this GPU yet", True),
        ("building", (), "its fp32 plan is being built", True),
        ("failed", (), "could not be built: it has a NonMaxSuppression", True),
        ("ready", None, "it was not compared with the reference as it is now", False),
        ("ready", ("Golden case a: 'spot' differs by 0.2 in score (limit 0.001).",), "'spot' differs by 0.2", False),
        ("missing", ("Golden case a: 'spot' differs.",), "it differs from the reference: Golden case a", False),
    ],
)
def test_what_is_not_ready_or_not_proven_is_passed_over_with_its_reason(home, make_is, state, differences, said, waits):
    make_is(RTX)
    table = table_of(home, gpus(ADA))
    verdicts = Verdicts(home)
    if differences is not None:
        verdicts.keep(CARD, table[0], verdict(table[0], differences))
    with plan(home, state, RTX, ADA):
        choice = choose_backend(CARD, working_backends(None, table), verdicts.of)
    assert choice.backend.name == "onnx-cpu"
    (one,) = choice.passed_over
    assert said in str(one)
    assert one.waits is waits


def test_after_a_change_of_driver_a_back_end_is_compared_anew(home, make_is):
    make_is(RTX)
    before, after = (table_of(home, gpus(ADA, driver))[0] for driver in ("580.65.06", "581.10"))
    Verdicts(home).keep(CARD, before, verdict(before))
    assert Verdicts(home).of(CARD, before) is not None
    assert Verdicts(home).of(CARD, after) is None
    with plan(home, "ready", RTX, ADA, driver=""):
        choice = choose_backend(CARD, (after, OnnxCpu()), Verdicts(home).of)
    assert choice.backend.name == "onnx-cpu"


HELD = FigurePair("spot", "AP50", 0.900, 0.896)
LOST = FigurePair("spot", "AP50", 0.900, 0.894)


@pytest.mark.parametrize(
    ("figures", "chosen", "said"),
    [
        ((HELD,), "tensorrt fp16", None),
        ((), "tensorrt", "the figures of 'spot' in fp16 were not measured"),
        ((HELD, LOST), "tensorrt", "AP50 of 'spot' falls from 0.9000 to 0.8940 in fp16 (limit 0.005)"),
        ((FigurePair("spot", "AP50", float("nan"), float("nan")),), "tensorrt", "falls from nan to nan"),
        (None, "tensorrt", "its figures in fp16 were not measured on this machine"),
    ],
)
def test_a_lower_precision_needs_the_figures_of_every_class(home, make_is, figures, chosen, said):
    make_is(RTX)
    table = table_of(home, gpus(ADA), ("fp16", "fp32"))
    half, full = table[:2]
    Verdicts(home).keep(CARD, full, verdict(full))
    if figures is not None:
        Verdicts(home).keep(CARD, half, verdict(half, figures=figures))
    with plan(home, "ready", RTX, ADA), plan(home, "ready", RTX, ADA, "fp16"):
        choice = choose_backend(CARD, working_backends(None, table), Verdicts(home).of)
    assert full_name(choice.backend) == chosen
    assert (choice.passed_over == ()) is (said is None)
    assert all(said in one.reason for one in choice.passed_over)


def test_the_cpu_answers_without_a_verdict_and_not_with_a_bad_one(home):
    assert choose_backend(CARD, (OnnxCpu(),), Verdicts(home).of).backend.name == "onnx-cpu"
    Verdicts(home).keep(CARD, OnnxCpu(), verdict(OnnxCpu(), ("Golden case a: a region of 'spot' is missing.",)))
    with pytest.raises(BackendError, match="onnx-cpu: it differs from the reference: Golden case a") as caught:
        choose_backend(CARD, (OnnxCpu(),), Verdicts(home).of)
    assert caught.value.code == "BE-NONE"


def test_a_gpu_that_went_away_is_passed_over_and_no_failure_of_the_study(home):
    class Gone(Altered):
        def why_not_yet(self, _card):
            raise BackendError("BE-ABSENT", "The driver finds no GPU any more.")

    gone = Gone()
    Verdicts(home).keep(CARD, gone, verdict(gone))
    choice = choose_backend(CARD, (gone, OnnxCpu()), Verdicts(home).of)
    assert choice.backend.name == "onnx-cpu"
    assert str(choice.passed_over[0]) == "altered: The driver finds no GPU any more"


def test_an_unknown_back_end_is_wrong_use_and_the_known_ones_are_named():
    with pytest.raises(UsageError, match="tensorrt, onnx-cpu, torch") as caught:
        working_backends("abacus")
    assert caught.value.code == "US-BACKEND"


def test_without_a_name_the_reference_is_never_a_candidate():
    assert "torch" not in {backend.name for backend in working_backends()}
    assert backends()[-1].name == "torch"
    assert working_backends()[-1].name == "onnx-cpu"


def test_a_measurement_takes_the_first_whatever_is_known_of_it():
    assert take_first(CARD, (OnnxCpu(), TorchReference())).backend.name == "onnx-cpu"


def test_asking_what_works_here_loads_no_library_of_a_gpu_and_no_torch():
    code = (
        "import sys; from engine.pipeline import Bench; from engine.detect.choose import working_backends as w; w();"
        "sys.exit(bool({'torch', 'onnx', 'tensorrt', 'tensorrt_rtx', 'numba.cuda', 'cuda'} & set(sys.modules)))"
    )
    if probe_gpus().gpus:
        pytest.skip("with a supported GPU, TensorRT is opened to see whether it can be")
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
