"""Torch, the CPU and, where there is one, the GPU give the same regions for every model that is shipped."""

import pytest

from engine.detect.choose import backends, full_name
from engine.places import RESOURCES
from engine.registry.package import read_package
from engine.registry.prove import prove

pytestmark = [pytest.mark.learn, pytest.mark.deep]

SHIPPED = sorted(path.name for path in (RESOURCES / "models").iterdir() if not path.name.startswith("."))


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("backend", backends(), ids=full_name)
def test_a_run_time_finds_the_regions_that_a_shipped_model_was_packed_with(backend, name):
    package = read_package(RESOURCES / "models" / name)
    if reason := backend.why_not() or backend.why_not_yet(package.card):
        pytest.skip(reason)
    verdict = prove(package, backend, threads=2)
    assert verdict.differences == ()
    assert sum(one.matched for case in verdict.cases for one in case.classes) > 0
    assert verdict.reference
    if backend.name == "onnx-cpu":
        assert verdict.reference.startswith("torch ")
