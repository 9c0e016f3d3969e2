from dataclasses import replace

import pytest

from engine.domain.request import Request
from engine.errors import ModelError, UsageError
from engine.evaluate.guard import LEAST_CLEAN, cautions
from engine.evaluate.measure import measure
from engine.evaluate.truth import Truth, TruthImage
from engine.intake.find import find_one
from engine.intake.read import read_study
from engine.pipeline import Bench
from engine.registry.pack import pack
from engine.registry.package import read_package
from engine.registry.shelf import Shelf
from engine.registry.sign import load_signing_key
from engine.registry.trained import trained_on
from tests.engine.evaluate.cases import case
from tests.engine.tiny_model import picture, write_source

SEEN, NEW = "seen.png", "new.png"


@pytest.fixture
def home_with_list(spotted_home, tmp_path):
    """The model of the home, packed again with the list of what it was trained on: `seen.png`."""
    picture(tmp_path / SEEN)
    picture(tmp_path / NEW, spots=((20, 20),))
    source = write_source(tmp_path / "again")
    manifest = (source / "manifest.toml").read_text().replace('version = "1.0.0"', 'version = "1.1.0"')
    (source / "manifest.toml").write_text(manifest)
    (source / "trained.txt").write_text(read_study(find_one(tmp_path / SEEN)).study.content_hash + "\n")
    pack(source, spotted_home.models / "again", load_signing_key(tmp_path / "maker.key"))
    return spotted_home


def measured(home, folder, name):
    truth = Truth("t.json", (TruthImage(1, name, 90, 70, "a"),), ())
    with Bench.open(Shelf.of(home), home=home, backend="onnx-cpu", threads=1) as bench:
        return measure(bench, truth, folder, request=Request(model_id="bright-spots 1.1.0"))


def test_an_image_that_the_model_was_trained_on_is_refused_whatever_it_is_called(home_with_list, tmp_path):
    assert measured(home_with_list, tmp_path, NEW).unanswered == ()
    (tmp_path / "renamed.png").write_bytes((tmp_path / SEEN).read_bytes())
    with pytest.raises(UsageError, match=r"trained on renamed\.png") as caught:
        measured(home_with_list, tmp_path, "renamed.png")
    assert caught.value.code == "US-TRAINED"


def test_a_list_that_holds_something_else_is_refused(tmp_path):
    source = write_source(tmp_path / "source")
    assert trained_on(read_package(pack(source, tmp_path / "without").path)) is None
    (source / "trained.txt").write_text("seen.png\n")
    with pytest.raises(ModelError) as caught:
        trained_on(read_package(pack(source, tmp_path / "with").path))
    assert caught.value.code == "MD-TRAINED"


def test_what_a_small_set_cannot_show_is_said():
    one = case([[0, 0, 9, 9]], [])
    said = " ".join(cautions([one], "image", known_trained=False))
    for words in ("1 groups are fewer than the 10", "1 findings are fewer than 20", "the set has none", "does not say"):
        assert words in said


def test_a_large_set_with_normals_is_not_cautioned():
    found = [replace(case([[0, 0, 9, 9]], []), group=str(number)) for number in range(20)]
    clean = [case([], []) for _ in range(LEAST_CLEAN)]
    assert cautions(found + clean, "image", known_trained=True) == ()
    (said,) = cautions(found + clean[1:], "image", known_trained=True)
    assert "59 images without findings cannot show" in said
