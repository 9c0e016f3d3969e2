from dataclasses import replace
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="training needs the extra learn")
pytest.importorskip("onnx", reason="export needs the extra learn")

from engine.clock import SystemClock  # noqa: E402  after the skip
from engine.evaluate.truth import read_truth  # noqa: E402  after the skip
from engine.learn.answers import Answered, Question  # noqa: E402  after the skip
from engine.learn.kept_answers import kept_answers  # noqa: E402  after the skip
from engine.learn.manifest import card_of  # noqa: E402  after the skip
from engine.learn.produce import produce  # noqa: E402  after the skip
from engine.learn.recipe import read_recipe  # noqa: E402  after the skip

pytestmark = pytest.mark.learn


@pytest.fixture
def graph(recipe_path: Path, data_dir: Path, tmp_path: Path) -> bytes:
    recipe = read_recipe(recipe_path).with_training(epochs=1)
    return produce(recipe, data_dir, tmp_path / "out", clock=SystemClock()).model.read_bytes()


@pytest.fixture
def asked(recipe_path: Path, data_dir: Path) -> Question:
    recipe = read_recipe(recipe_path)
    images = recipe.data.images_of(recipe.data.train, data_dir)
    return Question(card_of(recipe, 0.01, 0.01), read_truth(data_dir / recipe.data.train), images)


def _told(path: Path, graph: bytes, asked: Question, stop_at: int = 0) -> tuple[tuple[Answered, ...], list[int]]:
    """The answers, and which of them were given just now."""
    told: list[int] = []

    def on_answer(_path: Path, done: int, _of: int) -> None:
        told.append(done)
        if done == stop_at:
            raise KeyboardInterrupt

    return kept_answers(path, graph, asked, threads=1, clock=SystemClock(), on_answer=on_answer), told


def _seen(answered: tuple[Answered, ...]) -> list[object]:
    return [(one.file_name, [(r.label, r.score, r.box_px) for r in one.regions]) for one in answered]


def test_an_interrupted_answering_goes_on_where_it_stopped(graph: bytes, asked: Question, tmp_path: Path) -> None:
    at_once, told = _told(tmp_path / "at-once", graph, asked)
    assert told == [1, 2, 3, 4, 5, 6]
    assert any(one.regions for one in at_once)
    with pytest.raises(KeyboardInterrupt):
        _told(tmp_path / "kept", graph, asked, stop_at=2)
    with (tmp_path / "kept").open("a", encoding="utf-8") as file:
        file.write('{"file_name": "cut o')  # as a machine leaves it that lost its power
    rest, told = _told(tmp_path / "kept", graph, asked)
    assert told == [3, 4, 5, 6]
    assert _seen(rest) == _seen(at_once)
    assert _told(tmp_path / "kept", graph, asked)[1] == []


def test_what_another_model_or_another_question_was_answered_is_answered_anew(
    graph: bytes, asked: Question, tmp_path: Path
) -> None:
    path = tmp_path / "kept"
    _told(path, graph, asked)
    fewer = replace(asked, truth=replace(asked.truth, images=asked.truth.images[:2]))
    stricter = replace(asked, card=replace(asked.card, unsure_threshold=0.02))
    for other in (fewer, stricter):
        _, told = _told(path, graph, other)
        assert told == list(range(1, len(other.truth.images) + 1))


@pytest.mark.parametrize("content", ["", "\n", "no JSON\n", '{"made_of": "another"}\n{}\n', "[]\n"])
def test_a_file_of_something_else_is_written_anew(graph: bytes, asked: Question, tmp_path: Path, content: str) -> None:
    path = tmp_path / "kept"
    path.write_text(content, encoding="utf-8")
    assert len(_told(path, graph, asked)[1]) == 6
