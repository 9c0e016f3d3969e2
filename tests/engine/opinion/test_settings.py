import pytest

from engine.errors import UsageError
from engine.opinion.settings import OpinionRule, rule_for


def test_a_home_without_the_file_wants_no_second_opinion(home):
    assert rule_for(home, "boards") is None


def test_each_model_has_its_own_rule(home):
    home.second.write_text(
        '[boards]\nby = "template"\nfolder = "golden"\nname = "{stem}.png"\nleast_px = 9\n'
        '[nodules]\nby = "model"\nmodel = "nodules-b"\n[cells]\nby = "flips"\n'
    )
    assert rule_for(home, "boards") == OpinionRule(
        "template", folder=home.root / "golden", name="{stem}.png", least_px=9
    )
    assert rule_for(home, "nodules") == OpinionRule("model", model="nodules-b")
    assert rule_for(home, "cells") == OpinionRule("flips")
    assert rule_for(home, "others") is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[boards", "Expected"),
        ("boards = 1", "'boards' is no table"),
        ('[boards]\nby = "chance"', "by of [boards] is 'chance', and must be model, template, flips"),
        ('[boards]\nby = "template"', "by template names no 'folder'"),
        ('[boards]\nby = "flips"\nfolder = "x"', "by flips knows no 'folder'"),
        ('[boards]\nby = "model"\nmodel = "boards"', "[boards] asks itself"),
        ('[boards]\nby = "model"\nmodel = ""', "must be a text"),
        ('[boards]\nby = "template"\nfolder = "x"\nname = "same.png"', "a file name with {stem} or {folder}"),
        ('[boards]\nby = "template"\nfolder = "x"\nname = "{stem.parent}"', "a file name with {stem} or {folder}"),
        ('[boards]\nby = "template"\nfolder = "x"\nname = "../{stem}"', "a file name with {stem} or {folder}"),
        ('[boards]\nby = "template"\nfolder = "x"\ntolerance_px = 17', "a whole number from 0 to 16"),
        ('[boards]\nby = "template"\nfolder = "x"\nleast_px = true', "a whole number from 1 on"),
        ('[boards]\nby = "template"\nfolder = "x"\nleast_contrast = 0', "a share above 0 up to 1"),
    ],
)
def test_what_cannot_be_used_is_named(home, text, why):
    home.second.write_text(text)
    with pytest.raises(UsageError) as caught:
        rule_for(home, "boards")
    assert caught.value.code == "US-SECOND"
    assert why in caught.value.message
