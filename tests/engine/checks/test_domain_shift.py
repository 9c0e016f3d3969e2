import json
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from engine.checks.domain_shift import domain_shift, sketched
from engine.checks.sketch import sketch_of
from engine.domain.acquisition import Acquisition
from engine.domain.exam import Exam
from engine.domain.outcome import Status
from engine.domain.request import Request
from engine.domain.scan import Provenance, Scan
from engine.errors import ModelError, OutOfDomainError
from engine.intake.find import find_one
from engine.intake.read import read_study
from engine.registry.likeness import likeness_of
from engine.registry.pack import pack
from engine.registry.reference import measure, read_reference, reference_json, with_scanners
from engine.registry.sign import load_signing_key
from tests.engine.tiny_model import CARD, write_source
from tests.engine.workbench import Workbench


def part(path, number, light=1.0):
    """A dim noisy part, another one for each number."""
    rng = np.random.default_rng(number)
    pixels = np.clip((rng.normal(rng.uniform(70, 90), 6, (70, 90))) * light, 0, 255)
    Image.fromarray(pixels.astype(np.uint8)).save(path)
    return find_one(path)


@pytest.fixture
def home(spotted_home, tmp_path):
    """Two more models, trained on such parts: one doubts what is unlike them, the other refuses it."""
    seen = [part(tmp_path / f"{number}.png", number) for number in range(60)]
    likeness = likeness_of([sketch_of(read_study(found).scan, CARD.input) for found in seen])
    for name, policy in (("doubting", ""), ("refusing", 'unlike = "refuse"\n')):
        source = write_source(tmp_path / name)
        manifest = (source / "manifest.toml").read_text().replace("bright-spots", name)
        (source / "manifest.toml").write_text(manifest.replace("[domain]\n", f"[domain]\n{policy}"))
        held = read_reference((source / "reference.json").read_text())
        text = reference_json(held)
        assert "likeness" not in json.loads(text)
        (source / "reference.json").write_text(json.dumps(json.loads(text) | {"likeness": as_json(likeness)}))
        pack(source, spotted_home.models / name, load_signing_key(tmp_path / "maker.key"))
    return spotted_home


def as_json(likeness):
    return {
        "names": likeness.names,
        "centre": likeness.centre,
        "weights": likeness.weights,
        "limit": likeness.limit,
        "images": likeness.images,
    }


def test_a_darker_lamp_is_doubted_or_refused_as_the_model_says(home, tmp_path):
    usual, dark = part(tmp_path / "usual.png", 100), part(tmp_path / "dark.png", 101, light=0.5)
    with Workbench.open(home, threads=1) as workbench:
        outcomes = [
            workbench.answer(found, Request(model_id=name)).outcome
            for name in ("doubting", "refusing", "bright-spots")
            for found in (usual, dark)
        ]
    assert [outcome.doubts for outcome in outcomes] == [(), ("unlike-training",), (), (), (), ()]
    refused = outcomes[3]
    assert (refused.status, refused.code) == (Status.OUT_OF_DOMAIN, "OD-UNLIKE")
    assert "most of all in" in refused.reason


def test_a_scanner_that_no_training_image_names_is_doubted_or_refused_as_the_model_says():
    pixels = np.full((40, 50), 90, np.uint8)
    seen = with_scanners(measure([pixels]), [Acquisition(scanner="One A", kernel="B70f")])

    def doubts(card, reference, **exam):
        scan = Scan(pixels, "image", "DX", "MONOCHROME2", Provenance(("a.dcm",), "dicom"), exam=Exam(**exam))
        return domain_shift(card, reference, sketched(card, None, scan))

    assert doubts(CARD, seen, manufacturer="One", model="A", kernel="B70f") == ()
    assert doubts(CARD, seen) == (), "a file that names none is not held against those that do"
    assert doubts(CARD, seen, manufacturer="Two", model="B") == ("unknown-scanner",)
    assert doubts(CARD, measure([pixels]), manufacturer="Two", model="B") == ()
    assert doubts(CARD, None, manufacturer="Two", model="B") == ()
    refusing = replace(CARD, domain=replace(CARD.domain, unlike="refuse"))
    with pytest.raises(OutOfDomainError, match="names the scanner or the kernel 'Two B'") as caught:
        doubts(refusing, seen, manufacturer="Two", model="B")
    assert caught.value.code == "OD-UNLIKE"


@pytest.mark.parametrize("change", [{"names": ["dark"]}, {"limit": "far"}, {"weights": [[1.0]]}, {"centre": None}])
def test_a_likeness_that_is_none_is_no_reference(home, change):
    text = (home.models / "doubting" / "reference.json").read_text()
    held = json.loads(text)

    assert read_reference(text).likeness.images == 60
    with pytest.raises(ModelError) as caught:
        read_reference(json.dumps(held | {"likeness": held["likeness"] | change}))
    assert caught.value.code == "MD-REFERENCE"
