"""Keys that a person changed."""

from app.state.commands import COMMANDS
from app.state.keymap import doubled, keys_now, with_key


def test_without_changes_every_command_has_its_own_keys_and_no_key_does_two_things():
    assert keys_now({}) == {command.name: command.keys for command in COMMANDS}
    assert doubled({}) == {}


def test_new_key_takes_the_place_of_the_first_and_the_others_stay():
    zoom_in = next(command for command in COMMANDS if command.name == "zoom_in")
    assert with_key({}, "zoom_in", "Ctrl+P")["zoom_in"] == ("Ctrl+P", *zoom_in.keys[1:])


def test_key_that_another_command_has_is_named_with_both():
    taken = next(command for command in COMMANDS if command.name == "fit").keys[0]
    assert set(doubled(with_key({}, "invert", taken))[taken]) == {"fit", "invert"}


def test_own_key_again_is_no_change_any_more():
    changed = with_key({}, "invert", "Ctrl+P")
    assert with_key(changed, "invert", "I") == {}


def test_key_can_be_taken_away():
    assert with_key({}, "invert", "") == {"invert": ()}
