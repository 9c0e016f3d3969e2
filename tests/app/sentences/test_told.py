"""What the engine says is said in the language of the window, with the same names in it."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from app.languages import speak
from app.sentences.told import SENTENCES, line_of, said, told
from app.state.session import Trouble
from engine.budget import Budget
from engine.errors import BudgetExceeded, FoveaError, InputError
from engine.intake.entry import Entry
from engine.intake.limits import NO_OTHER_LIMITS
from engine.intake.stored import read_file
from tests.engine.hand_clock import HandClock

ROOT = Path(__file__).resolve().parents[3]
PLACE = re.compile(r"%\d|\{[a-z_.]+\}")


@pytest.fixture
def german(qapp):
    translators = speak(qapp, "de")
    yield
    for translator in translators:
        qapp.removeTranslator(translator)


@cache
def texts_of_engine():
    """Every text in the engine's source, with `%` for each value that is put in."""
    found = set()
    for path in (ROOT / "engine").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(PLACE.sub("%", node.value))
            elif isinstance(node, ast.JoinedStr):
                found.add("".join(part.value if isinstance(part, ast.Constant) else "%" for part in node.values))
    return found


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda sentence: f"{sentence.code} {sentence.text[:40]}")
def test_every_sentence_is_one_of_the_engine(sentence):
    assert PLACE.sub("%", sentence.text) in texts_of_engine()
    assert PLACE.sub("%", sentence.next_step) in texts_of_engine()


def test_places_are_numbered_in_their_order_and_none_stands_twice():
    for sentence in SENTENCES:
        for text in (sentence.text, sentence.next_step):
            places = re.findall(r"%\d", text)
            assert places == [f"%{number}" for number in range(1, len(places) + 1)], text


def test_no_sentence_stands_twice():
    texts = [(sentence.code, sentence.text) for sentence in SENTENCES]
    assert sorted(texts) == sorted(set(texts))


def test_every_code_is_explained_in_the_manual():
    known = (ROOT / "docs" / "errors.md").read_text("utf-8")
    assert [sentence.code for sentence in SENTENCES if f"| {sentence.code} |" not in known] == []


def test_refusal_of_a_real_file_is_said_in_german(german, tmp_path):
    path = tmp_path / "scan.dcm"
    path.write_bytes(b"")
    with pytest.raises(InputError) as refused:
        read_file(Entry(path), NO_OTHER_LIMITS)
    shown = told(Trouble.of(refused.value))
    assert shown.code == "IN-EMPTY"
    assert shown.sentence == f"{path} ist leer (0 Bytes)."
    assert shown.next_step == "Kopieren oder exportieren Sie die Datei noch einmal."


def test_reason_of_an_outcome_holds_the_sentence_and_the_next_step(german):
    error = FoveaError("OD-NONE", "This is not what any installed model was made for (a; b).", "Look elsewhere.")
    step = "Install a model that was validated on such studies."
    assert said("OD-NONE", error.message).startswith("Für so etwas ist kein installiertes Modell gemacht (a; b).")
    assert said("OD-NONE", str(error)) == str(error), "an unknown next step leaves all of it as it is"
    shown = said("OD-NONE", f"{error.message} {step}")
    assert shown.endswith("(a; b). Installieren Sie ein Modell, das an solchen Studien validiert wurde.")


def test_names_that_hold_words_of_the_sentence_are_kept_whole(german):
    name = "/in/It does not exist. Really does not exist"
    assert said("IN-NOT-FOUND", f"{name} does not exist.") == f"{name} gibt es nicht."


def test_names_follow_their_numbers_where_german_says_them_in_another_order(german):
    shown = said("US-WAIT", "7 wrong passwords in a row were given for kim; the next is looked at in 30 s.")
    assert shown == "Für kim wurden nacheinander 7 falsche Passwörter gegeben; das nächste wird in 30 s geprüft."


def test_unknown_text_and_code_stay_as_the_engine_says_them(german):
    assert said("IN-EMPTY", "Something else.") == "Something else."
    assert line_of(Trouble("XX-NONE", "Odd.", "Look.")) == "XX-NONE: Odd. Look."
    assert line_of(Trouble("", "Odd.")) == "Odd."


def test_english_window_says_what_the_engine_says():
    text = "/in/a.png has 3 GiB; the limit is 2 GiB a file. Export the picture in smaller parts."
    assert said("IN-FILE-SIZE", text) == text


def test_more_telling_sentence_wins(german):
    shown = said("IN-FILE-SIZE", "a.dcm inflates to more than 4 GiB, the limit.")
    assert shown == "a.dcm wird entpackt größer als die Grenze von 4 GiB."


@pytest.mark.parametrize("needs_s", [0.0, 9.0])
def test_stage_at_which_the_time_ran_out_is_a_word_and_translated(german, needs_s):
    clock = HandClock()
    budget = Budget(5.0, clock)
    clock.pass_s(2.0 if needs_s else 6.0)
    with pytest.raises(BudgetExceeded) as stopped:
        budget.check("merge", needs_s)
    shown = said("BU-TIME", str(stopped.value))
    assert "„zusammenfügen“" in shown
    assert shown.endswith("Geben Sie mit --budget mehr Zeit, oder wählen Sie einen geringeren Aufwand des Modells.")
