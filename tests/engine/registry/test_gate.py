import json
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import pytest

from engine.detect.onnx_cpu import OnnxCpu
from engine.evaluate.facts import ImageFacts
from engine.evaluate.measure import Measured
from engine.pipeline import Bench
from engine.registry.gate import Gate, compared
from engine.registry.memory import forget_peak, peak_bytes
from engine.registry.requirements import Requirements
from engine.registry.shelf import Shelf
from tests.engine.evaluate.cases import case
from tests.engine.registry.releases import packed
from tests.engine.tiny_model import CARD, picture

BASE = '[bright-spots]\ntruth = "set/truth.json"\nimages = "set"\n'


@pytest.fixture
def validation(spotted_home):
    """12 pictures with two bright spots each, and 12 without any."""
    folder = spotted_home.root / "set"
    images, boxes = [], []
    for number in range(24):
        name = f"{number}.png"
        spots = ((12, 12), (40, 60)) if number % 2 else ()
        picture(folder / name, spots=spots, shade=number % 2)
        images.append({"id": number, "file_name": name, "width": 90, "height": 70, "group": str(number // 2)})
        boxes += [
            {"id": len(boxes) + k, "image_id": number, "category_id": 1, "bbox": [x - 2, y - 2, 8, 8], "iscrowd": 0}
            for k, (y, x) in enumerate(spots)
        ]
    truth = {"images": images, "annotations": boxes, "categories": [{"id": 1, "name": "spot"}]}
    (folder / "truth.json").write_text(json.dumps(truth))
    return spotted_home


@contextmanager
def gate_of(home):
    with Bench.open(Shelf.of(home), home=home, backend="onnx-cpu", threads=1) as bench:
        yield Gate(home, bench, (OnnxCpu(),))


def judged(home, text, version="1.0.0"):
    home.requirements.write_text(text)
    with gate_of(home) as gate:
        new, old = (gate.bench.shelf.named(f"bright-spots {name}")[0] for name in (version, "1.0.0"))
        return {line.name: line for line in gate.judge(new, old)}


def failing(lines):
    return [line.name for line in lines.values() if not line.passed]


def bring(home, tmp_path, version, bias):
    packed(tmp_path, version, bias=bias).rename(home.models / f"{version}.zip")


def test_a_model_that_gives_what_is_asked_for_passes_every_line(validation):
    wanted = "sensitivity = 0.9\nfalse_per_image = 0.5\nclean_marked = 0.1\nlatency_p95_s = 60\nmemory_mib = 100000\n"
    lines = judged(validation, BASE + wanted)
    assert failing(lines) == []
    assert {"parity on onnx-cpu", "every image answered", "latency", "memory"} < set(lines)
    assert "1.000" in lines["sensitivity of spot"].found
    assert "0.000" in lines["images without findings marked with spot"].found


@pytest.mark.parametrize(
    ("wanted", "name", "said"),
    [
        ("latency_p95_s = 0.0", "latency", "limit 0 s"),
        ("memory_mib = 1", "memory", "limit 1 MiB"),
    ],
)
def test_a_limit_that_is_not_kept_is_named_with_both_values(validation, wanted, name, said):
    lines = judged(validation, BASE + wanted)
    assert failing(lines) == [name]
    assert said in lines[name].found


def test_without_requirements_nothing_passes(spotted_home):
    spotted_home.requirements.write_text("")
    lines = judged(spotted_home, "")
    assert failing(lines) == ["requirements"]


def test_a_set_that_is_not_there_fails_with_its_reason(spotted_home):
    lines = judged(spotted_home, BASE)
    assert failing(lines) == ["figures"]
    assert "truth.json" in lines["figures"].found


def test_a_worse_version_fails_where_it_is_worse_and_an_equal_one_does_not(validation, tmp_path):
    bring(validation, tmp_path, "1.1.0", -14.5)
    assert failing(judged(validation, BASE, "1.1.0")) == []
    bring(validation, tmp_path, "1.2.0", -20.5)  # nothing is bright enough
    lines = judged(validation, BASE, "1.2.0")
    assert "no worse: sensitivity of spot" in failing(lines)
    assert "as the active one has 1.000" in lines["no worse: sensitivity of spot"].found
    bring(validation, tmp_path, "1.3.0", 14.0)  # everything is
    assert "no worse: false regions an image of spot" in failing(judged(validation, BASE, "1.3.0"))
    assert failing(judged(validation, BASE + "no_worse = false", "1.2.0")) == []


def measured(found_of_old, found_of_new):
    """A set of 200 images from one folder and 12 from another, one finding each, so many of them found."""
    cases, facts = [], []
    for source, of, found in (("line-1", 200, found_of_old), ("line-2", 12, found_of_new)):
        for number in range(of):
            boxes = [[0, 0, 10, 10, 0.9]] if number < found else []
            cases.append(replace(case([[0, 0, 10, 10]], boxes), group=f"{source}-{number}"))
            facts.append(ImageFacts(source, 0.5))
    return Measured(CARD, {"spot": tuple(cases)}, (), tuple(facts))


def test_a_part_that_got_worse_shows_although_the_whole_did_not(tmp_path):
    old, new = measured(180, 12), measured(190, 6)
    lines = {line.name: line for line in compared(new, old, Requirements(tmp_path, tmp_path))}
    assert failing(lines) == ["no worse: spot, source line-2"]
    assert "0.500" in lines["no worse: spot, source line-2"].found
    assert failing({line.name: line for line in compared(old, old, Requirements(tmp_path, tmp_path))}) == []


def with_false(found, at):
    """The same answers, with a false region in each of some images."""
    cases = list(found.cases["spot"])
    for number in at:
        boxes = np.array([*cases[number].boxes, [50.0, 50.0, 60.0, 60.0]])
        cases[number] = replace(cases[number], boxes=boxes, scores=np.array([*cases[number].scores, 0.9]))
    return replace(found, cases={"spot": tuple(cases)})


@pytest.mark.parametrize(("more", "fails"), [(1, []), (3, []), (4, ["no worse: false regions of spot, source line-2"])])
def test_false_regions_that_a_part_alone_has_more_of_show_and_what_may_be_chance_does_not(tmp_path, more, fails):
    old = with_false(measured(200, 12), range(20))
    new = with_false(old, range(200, 200 + more))
    lines = {line.name: line for line in compared(new, old, Requirements(tmp_path, tmp_path))}
    assert failing(lines) == fails


def test_the_peak_of_memory_rises_with_what_is_held_and_can_be_forgotten():
    forget_peak()
    before = peak_bytes()
    held = np.ones(64 << 20, np.uint8)
    assert peak_bytes() >= before + (48 << 20)
    del held
    forget_peak()
    assert peak_bytes() < before + (48 << 20)
