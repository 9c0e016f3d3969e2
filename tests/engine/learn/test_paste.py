import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs the extra learn")

from engine.learn.dataset import Example, Finding, filled  # noqa: E402  after the skip
from engine.learn.paste import Scrapbook  # noqa: E402  after the skip
from engine.learn.recipe_parts import PastePart  # noqa: E402  after the skip

pytestmark = pytest.mark.learn

ALWAYS = PastePart(
    chance=1.0, most=1, scale=(1.0, 1.0), rotation_degrees=0, contrast=(1.0, 1.0), jitter_px=0.0, margin_px=4
)
SIZE = (48, 64)
OUTLINE = np.array([[20, 24], [20, 36], [30, 36], [30, 24]], np.float32)


def _marked(light: float) -> Example:
    pixels = np.full((3, *SIZE), light, np.float32)
    pixels[:, 20:30, 24:36] -= 1.0
    return Example("marked.png", "a", pixels, filled(OUTLINE, SIZE)[None], (Finding(0, OUTLINE),))


def _clean(light: float, size: tuple[int, ...] = SIZE) -> Example:
    return Example("clean.png", "b", np.full((3, *size), light, np.float32), np.zeros((1, *size), np.float32), ())


def test_a_pasted_finding_keeps_its_contrast_and_takes_the_light_of_its_new_place() -> None:
    pasted = Scrapbook([_marked(0.0)], ALWAYS).paste(_clean(0.7), np.random.default_rng(0))
    assert len(pasted.findings) == 1
    assert pasted.pixels[0, 25, 30] == pytest.approx(0.7 - 1.0, abs=0.05)
    assert pasted.pixels[0, 5, 5] == pytest.approx(0.7)
    assert pasted.inside().sum() == pytest.approx(120, rel=0.06)
    assert pasted.findings[0].box().tolist() == [[20, 24], [30, 36]]


def test_the_example_itself_is_left_as_it_was() -> None:
    clean = _clean(0.7)
    Scrapbook([_marked(0.0)], ALWAYS).paste(clean, np.random.default_rng(0))
    assert (clean.pixels == np.float32(0.7)).all()
    assert not clean.inside().any()


def test_nothing_is_laid_onto_another_finding() -> None:
    marked = _marked(0.0)
    assert Scrapbook([marked], ALWAYS).paste(marked, np.random.default_rng(0)) is marked


def test_nothing_is_laid_onto_images_of_another_size() -> None:
    other = _clean(0.0, (96, 64))
    assert Scrapbook([_marked(0.0)], ALWAYS).paste(other, np.random.default_rng(0)) is other
