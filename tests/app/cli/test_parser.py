from pathlib import Path

import pytest

from app.cli.parser import COMMANDS, build_parser


def parsed(*words):
    return build_parser().parse_args(list(words))


def test_a_path_without_a_command_opens_the_desktop():
    assert parsed("picture.jpg", "folder").paths == [Path("picture.jpg"), Path("folder")]
    assert parsed().paths == []


def test_a_command_is_not_taken_for_a_path():
    arguments = parsed("run", "a.jpg", "--budget", "2.5", "--threshold", "0.4", "--out", "o", "--json")
    assert (arguments.paths, arguments.budget, arguments.threshold, arguments.out, arguments.json) == (
        [Path("a.jpg")],
        2.5,
        0.4,
        Path("o"),
        True,
    )


@pytest.mark.parametrize(
    "words",
    [
        ["run"],
        ["run", "a.jpg", "--budget", "0"],
        ["run", "a.jpg", "--budget", "soon"],
        ["run", "a.jpg", "--threshold", "1.5"],
        ["run", "a.jpg", "--threads", "0"],
        ["models", "polish"],
        ["--no-such-option"],
    ],
)
def test_wrong_use_ends_with_status_two(words, capsys):
    with pytest.raises(SystemExit) as stopped:
        parsed(*words)
    assert stopped.value.code == 2
    assert "usage: fovea" in capsys.readouterr().err


def test_help_names_every_command_and_the_exit_statuses(capsys):
    with pytest.raises(SystemExit) as stopped:
        parsed("--help")
    text = capsys.readouterr().out
    assert stopped.value.code == 0
    assert all(name in text for name in COMMANDS)
    assert "exit status" in text
    assert "not a medical device" in text
