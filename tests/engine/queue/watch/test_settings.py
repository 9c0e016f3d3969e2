"""The settings of watched folders: every one is checked, and what is wrong is named with what it may be."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.domain.request import Request
from engine.errors import UsageError
from engine.queue.deadline import DeadlineRule
from engine.queue.watch.rule import FolderRule
from engine.queue.watch.settings import SETTINGS, check_places, read_rules, rule_of


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "watch.toml"
    file.write_text(text)
    return file


def test_settings_above_the_folders_hold_for_all_that_do_not_say_otherwise(tmp_path):
    file = written(
        tmp_path,
        """
        model = "surface-pitting"
        routing = "move"
        [[folder]]
        path = "/data/line 3"
        picture_s = 5
        [[folder]]
        path = "scans"
        model = "lung-nodule"
        modality = "CT"
        late = "drop"
        priority = "stat"
        deadline_from = "acquired"
        completion = "marker"
        marker = "*.ready"
        """,
    )
    line, scans = read_rules(file)
    assert line == FolderRule(
        Path("/data/line 3"),
        request=Request("surface-pitting", reuse=True),
        due=DeadlineRule(picture_s=5.0),
        routing="move",
    )
    assert scans == FolderRule(
        tmp_path / "scans",
        request=Request("lung-nodule", "CT", late="drop", reuse=True),
        due=DeadlineRule(counts_from="acquired"),
        priority=0,
        completion="marker",
        marker="*.ready",
        routing="move",
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("modle = 'a'", "Did you mean model?"),
        ("quite_other = 1", "There are: path, model,"),
        ("threshold = 1.5", "a number from 0 to 1"),
        ("threshold = true", "a number"),
        ("picture_s = 'ten'", "a number"),
        ("picture_s = nan", "a number"),
        ("late = 'never'", "one of answer, drop"),
        ("priority = 0", "one of stat, routine"),
        ("routing = 'copy'", "one of leave, move"),
        ("completion = 'marker'", "Give both"),
        ("marker = '*.ok'", "Give both"),
        ("completion = 'marker'\nmarker = 'a/b'", "a name without folders"),
        ("ignore = '*.tmp'", "a list of names"),
        ("reuse = 'yes'", "true or false"),
        ("most_waiting = 0", "a whole number from 1 on"),
        ("model = ''", "a text in quotes"),
        ("path = 3", "a text in quotes"),
    ],
)
def test_what_is_wrong_is_named_with_what_it_may_be(tmp_path, line, said):
    path = "" if line.startswith("path") else "path = '/data'\n"
    with pytest.raises(UsageError, match="folder 1") as wrong:
        read_rules(written(tmp_path, f"[[folder]]\n{path}{line}\n"))
    assert wrong.value.code == "US-WATCH"
    assert said in wrong.value.next_step


@pytest.mark.parametrize("text", ["", "folder = 3", "folder = []", "[[folder]", "[[folder]]\nmodel = 'a'"])
def test_a_file_that_names_no_folder_is_refused(tmp_path, text):
    with pytest.raises(UsageError) as wrong:
        read_rules(written(tmp_path, text))
    assert wrong.value.code == "US-WATCH"
    assert str(tmp_path) in wrong.value.message


def test_folders_have_to_lie_apart_and_may_come_later(tmp_path, home):
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "file").touch()
    check_places([FolderRule(tmp_path / "in"), FolderRule(tmp_path / "later")], home)
    for paths in ([tmp_path / "file"], [tmp_path / "in", tmp_path / "in" / "deep"], [tmp_path], [home.root]):
        with pytest.raises(UsageError):
            check_places([FolderRule(path) for path in paths], home)


def test_every_setting_stands_in_the_manual_and_the_other_way_round(root):
    page = (root / "docs" / "manual" / "watch.md").read_text()
    table = page.split("| setting |")[1].split("\n\n")[0]
    named = [line.split("`")[1] for line in table.splitlines() if line.startswith("| `")]
    assert named == list(SETTINGS)


def test_the_example_of_the_manual_is_read(root, tmp_path):
    page = (root / "docs" / "manual" / "watch.md").read_text()
    example = page.split("```toml\n")[1].split("```")[0]
    assert len(read_rules(written(tmp_path, example))) == 2


def test_a_rule_of_one_folder_is_that_of_its_settings(tmp_path):
    assert rule_of({"path": "in"}, "in", tmp_path) == FolderRule(tmp_path / "in")
