import tomllib

import pytest

from engine.errors import ModelError
from engine.registry.form import blank_form, open_questions, read_form, require_answered, toml_text
from engine.registry.manifest import read_manifest
from tests.engine.registry.models import MANIFEST
from tests.engine.tiny_model import VOLUME_MANIFEST

FILLED = tomllib.loads(MANIFEST) | {"package": {"card": "about.md", "golden": ["a.png"], "images": ["a.png"]}}


def test_a_manifest_written_from_its_tables_is_the_same_manifest():
    for text in (MANIFEST, VOLUME_MANIFEST):
        assert read_manifest(toml_text(tomllib.loads(text)), "") == read_manifest(text, "")


def test_a_filled_in_form_leaves_no_question():
    assert open_questions(FILLED) == ()
    require_answered("form.toml", FILLED)


def test_every_field_that_a_card_needs_is_asked_for():
    for table, fields in tomllib.loads(MANIFEST).items():
        for name in fields:
            less = FILLED | {table: {key: value for key, value in fields.items() if key != name}}
            with pytest.raises(ModelError, match=rf"\[{table}"):
                require_answered("form.toml", less)


def test_a_blank_form_holds_what_the_graph_says_and_names_the_rest():
    text = blank_form({"input": {"channels": 1, "tile": [32, 32], "batch": 2}})
    assert tomllib.loads(text) == {"input": {"channels": 1, "tile": [32, 32], "batch": 2}}
    for place in (
        "[model] id",
        "[head] nms_iou",
        "[efforts.full] overlap",
        "[acceptance] sensitivity",
        "[package] card",
    ):
        assert f"# {place}\n" in text


def test_answers_are_toml_values_or_plain_text_and_wrong_ones_are_told():
    form = {}
    for question in open_questions(form):
        value = {"labels": '["spot"]', "id": "bright-spots", "low": "0.0"}.get(question.field.name)
        if value is not None:
            form = question.answered(form, value)
    assert form == {"model": {"id": "bright-spots", "labels": ["spot"]}, "input": {"low": 0.0}}
    share = next(question for question in open_questions({}) if question.field.name == "sure")
    with pytest.raises(ModelError, match=r"\[thresholds\] sure is 2, allowed is 0 to 1"):
        share.answered({}, "2")


def test_the_options_of_the_named_head_are_asked_for():
    head = FILLED["head"] | {"kind": "anomaly-map"}
    assert [one.place for one in open_questions(FILLED | {"head": head})] == ["[head] low", "[head] high"]


def test_a_table_that_a_card_may_leave_out_is_asked_for_once_it_is_begun():
    assert [one.place for one in open_questions(FILLED | {"size": {"full_mm": 20.0}})] == [
        "[size] smallest_mm",
        "[size] slope",
    ]


def test_a_form_that_cannot_be_read_is_said(tmp_path):
    (tmp_path / "form.toml").write_text("[model")
    for path in (tmp_path / "form.toml", tmp_path / "missing.toml"):
        with pytest.raises(ModelError) as caught:
            read_form(path)
        assert caught.value.code == "MD-FORM"
