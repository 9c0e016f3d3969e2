"""The table of commands."""

from collections import Counter

from app.state.commands import COMMANDS
from engine.places import RESOURCES


def test_no_key_does_two_things():
    keys = Counter(key for command in COMMANDS for key in command.keys)
    assert [key for key, count in keys.items() if count > 1] == []


def test_names_are_unique():
    assert len({command.name for command in COMMANDS}) == len(COMMANDS)


def test_every_icon_lies_in_the_resources():
    missing = [c.icon for c in COMMANDS if c.icon and not (RESOURCES / "icons" / f"{c.icon}.svg").is_file()]
    assert missing == []
