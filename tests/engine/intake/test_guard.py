"""Whatever a decoder does, what comes out is a refusal or a note."""

from __future__ import annotations

import logging
import warnings

import pytest

from engine.errors import InputError
from engine.intake.guard import decoding


@pytest.mark.parametrize("error", [ValueError("odd\nbytes"), RecursionError("deep"), SystemError("worse"), KeyError(3)])
def test_whatever_a_decoder_raises_becomes_a_refusal_in_its_words(error):
    with pytest.raises(InputError) as caught, decoding("codec 1.0", "a.png"):
        raise error
    assert caught.value.code == "IN-DECODE"
    assert caught.value.message.startswith("a.png cannot be decoded: codec 1.0 says '")
    assert "\n" not in caught.value.message
    assert caught.value.__cause__ is error


def test_an_error_without_words_is_named():
    with pytest.raises(InputError, match="says 'ZeroDivisionError'"), decoding("codec", "a.png"):
        raise ZeroDivisionError


def test_lack_of_memory_is_no_fault_of_the_file():
    with pytest.raises(MemoryError), decoding("codec", "a.png"):
        raise MemoryError


def test_our_own_refusals_pass_through():
    refusal = InputError("IN-PIX-SIZE", "too large", "cut it")
    with pytest.raises(InputError) as caught, decoding("codec", "a.png"):
        raise refusal
    assert caught.value is refusal


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, SystemExit])
def test_a_person_who_stops_the_program_is_heard(interruption):
    with pytest.raises(interruption), decoding("codec", "a.png"):
        raise interruption


def test_warnings_and_log_lines_become_notes_once_each(capfd):
    with decoding("codec", "a.png") as notes:
        for _ in range(3):
            warnings.warn("odd\nvalue", UserWarning, stacklevel=1)
        logging.getLogger("tifffile").error("odd tag")
        logging.getLogger("pydicom").info("not worth a note")
    assert notes == ["odd value", "odd tag"]
    assert capfd.readouterr() == ("", "")


def test_a_hostile_file_cannot_flood_the_record():
    with decoding("codec", "a.png") as notes:
        for number in range(100):
            warnings.warn(f"{number} " + "x" * 1000, UserWarning, stacklevel=1)
    assert len(notes) == 8
    assert max(map(len, notes)) == 160
