from app.cli.doctor_second import second_findings
from tests.engine.registry.releases import packed
from tests.engine.tiny_model import picture

TEMPLATES = '[bright-spots]\nby = "template"\nfolder = "templates"\n'
OTHER = '[bright-spots]\nby = "model"\nmodel = "{}"\n'


def found(home, text):
    home.second.write_text(text)
    return [(finding.what, finding.state, finding.found) for finding in second_findings(home)]


def test_a_home_without_the_file_has_nothing_to_say(spotted_home):
    assert second_findings(spotted_home) == []


def test_a_file_that_cannot_be_used_is_told_with_the_reason(spotted_home):
    ((what, state, said),) = found(spotted_home, '[bright-spots]\nby = "magic"\n')
    assert (what, state) == ("second opinions", "note")
    assert "'magic'" in said


def test_a_model_that_is_not_installed_is_named_on_either_side(spotted_home):
    ((_, state, said),) = found(spotted_home, OTHER.format("nobody"))
    assert (state, "'nobody'" in said) == ("note", True)
    ((what, state, said),) = found(spotted_home, '[nobody]\nby = "flips"\n')
    assert (what, state) == ("second opinion on nobody", "note")
    assert "nobody is ever asked" in said


def test_a_model_that_would_answer_is_well_and_one_without_an_active_version_is_not(spotted_home, tmp_path):
    wanted = OTHER.format("bright-spots 1.1.0")
    packed(tmp_path, "1.1.0").rename(spotted_home.models / "1.1.0.zip")
    assert found(spotted_home, wanted) == [("second opinion on bright-spots", "ok", "of bright-spots 1.1.0")]
    ((_, state, said),) = found(spotted_home, wanted.replace("1.1.0", "1.2.0"))
    assert (state, "1.2.0" in said) == ("note", True)


def test_templates_are_counted_and_a_folder_without_any_is_told(spotted_home):
    ((_, state, said),) = found(spotted_home, TEMPLATES)
    assert (state, "cannot be listed" in said) == ("note", True)
    folder = spotted_home.root / "templates"
    folder.mkdir()
    ((_, state, said),) = found(spotted_home, TEMPLATES)
    assert (state, "there is no image" in said) == ("note", True)
    picture(folder / "board.png")
    assert found(spotted_home, TEMPLATES) == [("second opinion on bright-spots", "ok", f"1 templates in {folder}")]


def test_the_mirror_needs_nothing(spotted_home):
    ((_, state, _),) = found(spotted_home, '[bright-spots]\nby = "flips"\n')
    assert state == "ok"
