"""The scripts of the manual against the walk that makes their pictures."""

import re

import pytest
from PIL import Image

from app.state.commands import COMMANDS

SCRIPTS = {"inspection": "first-inspection.md", "reading": "first-reading.md"}


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_step_has_the_picture_of_its_walk(root, name):
    page = (root / "docs" / "manual" / SCRIPTS[name]).read_text()
    walk = (root / "tests" / "app" / "script_pictures.py").read_text()
    made = re.findall(rf'shoot\("({name}-[^"]+)"\)', walk)
    shown = re.findall(r"\]\(\.\./pictures/([^)]+)\.png\)", page)
    assert shown == made
    assert len(re.findall(r"^\d+\. ", page, re.MULTILINE)) == len(made)


@pytest.mark.parametrize("name", SCRIPTS)
def test_keys_of_the_scripts_are_keys_of_the_window(root, name):
    page = (root / "docs" / "manual" / SCRIPTS[name]).read_text()
    keys = {key for command in COMMANDS for key in command.keys}
    named = set(re.findall(r"`((?:Ctrl\+)?(?:[A-Z]|F\d|Return))`", page))
    assert named <= keys
    assert {"Return", "X", "Ctrl+Return"} <= named


def test_pictures_of_the_manual_have_the_size_of_the_window_and_are_small(root):
    pictures = [
        *(root / "docs" / "pictures").glob("inspection-*.png"),
        *(root / "docs" / "pictures").glob("reading-*.png"),
    ]
    assert len(pictures) == 17
    for path in pictures:
        with Image.open(path) as picture:
            assert picture.size == (1280, 800)
        assert path.stat().st_size < 300_000
