"""What the engine says is said in the language of the window, with the same names in it."""

import ast
import itertools
import re
from functools import cache
from pathlib import Path

import pytest

from app.languages import speak
from app.sentences.alarms import ALARMS
from app.sentences.doubts import DOUBTS, doubts_in_words
from app.sentences.told import GENERAL, SENTENCES, line_of, said, told
from app.state.session import Trouble
from engine.budget import Budget
from engine.errors import BudgetExceeded, FoveaError, InputError
from engine.intake.entry import Entry
from engine.intake.limits import NO_OTHER_LIMITS
from engine.intake.stored import read_file
from tests.engine.hand_clock import HandClock

ROOT = Path(__file__).resolve().parents[3]
PLACE = re.compile(r"%\d\d?|\{[a-z_.]+\}")
ROW = re.compile(r"^\| ([A-Z]{2}-[A-Z0-9-]+) \| (.*) \| (.*) \|$", re.MULTILINE)
LINK = re.compile(r"\[(.*?)\]\(.*?\)")


@pytest.fixture
def german(qapp):
    translators = speak(qapp, "de")
    yield
    for translator in translators:
        qapp.removeTranslator(translator)


@cache
def codes_of_the_manual():
    """Of each code what happened and what to do, as `docs/errors.md` says them, without its links."""
    found = ROW.findall((ROOT / "docs" / "errors.md").read_text("utf-8"))
    return {code: (LINK.sub(r"\1", text), LINK.sub(r"\1", step)) for code, text, step in found}


def raised_in_engine():
    """Codes with the text and, where both are plain, what follows: where the engine makes an error."""
    for path in sorted((ROOT / "engine").rglob("*.py")):
        for call in (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)):
            for code, text in itertools.pairwise(call.args):
                if isinstance(code, ast.Constant) and str(code.value) in codes_of_the_manual():
                    yield str(code.value), plain(text), f"{path.relative_to(ROOT)}:{call.lineno}"


def plain(node):
    """The text of a node with `%` for each value; empty where it is none."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "%" for part in node.values)
    return ""


@cache
def texts_of_engine():
    """Every text in the source of the engine and of the work behind the window, with `%` for each value put in."""
    found = set()
    for path in itertools.chain((ROOT / "engine").rglob("*.py"), (ROOT / "app" / "jobs").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(PLACE.sub("%", node.value))
            elif isinstance(node, ast.JoinedStr):
                found.add("".join(part.value if isinstance(part, ast.Constant) else "%" for part in node.values))
    return found


@pytest.mark.parametrize(
    "sentence", [*SENTENCES, *ALARMS], ids=lambda sentence: f"{sentence.code} {sentence.text[:40]}"
)
def test_every_sentence_is_one_of_the_engine(sentence):
    assert PLACE.sub("%", sentence.text) in texts_of_engine()
    assert PLACE.sub("%", sentence.next_step) in texts_of_engine()


def test_places_are_numbered_in_their_order_and_none_stands_twice():
    for sentence in (*SENTENCES, *ALARMS):
        for text in (sentence.text, sentence.next_step):
            places = re.findall(r"%\d\d?", text)
            assert places == [f"%{number}" for number in range(1, len(places) + 1)], text


def test_no_sentence_stands_twice():
    texts = [(sentence.code, sentence.text) for sentence in SENTENCES]
    assert sorted(texts) == sorted(set(texts))


def test_every_code_is_explained_in_the_manual():
    known = (ROOT / "docs" / "errors.md").read_text("utf-8")
    assert [sentence.code for sentence in SENTENCES if f"| {sentence.code} |" not in known] == []


def test_every_code_of_the_manual_has_a_sentence_that_is_translated():
    known = {sentence.code for sentence in SENTENCES} | GENERAL.keys()
    assert sorted(codes_of_the_manual().keys() - known) == []


def test_what_a_code_says_whatever_it_names_is_what_the_manual_says():
    assert {code: (one.text, one.next_step) for code, one in GENERAL.items()} == {
        code: texts for code, texts in codes_of_the_manual().items() if code in GENERAL
    }


def test_every_error_of_the_engine_is_known_in_full_or_by_its_code():
    in_full = {(sentence.code, PLACE.sub("%", sentence.text)) for sentence in SENTENCES}
    raised = list(raised_in_engine())
    unknown = [where for code, text, where in raised if code not in GENERAL and (code, text) not in in_full]
    assert len(raised) > 250
    assert unknown == []


def test_every_alarm_of_the_engine_has_a_sentence_and_stands_in_the_manual():
    source = ast.parse((ROOT / "engine" / "queue" / "alarms.py").read_text("utf-8"))
    calls = [node for node in ast.walk(source) if isinstance(node, ast.Call)]
    names = {plain(call.args[0]) for call in calls if isinstance(call.func, ast.Name) and call.func.id == "Alarm"}
    manual = (ROOT / "docs" / "operations.md").read_text("utf-8")
    assert {alarm.code for alarm in ALARMS} == names - {"worker-trouble"}, "what troubles a worker is an error"
    assert [name for name in names if f"| `{name}` |" not in manual] == []


def test_every_doubt_of_the_manual_has_words():
    manual = (ROOT / "docs" / "manual" / "cli.md").read_text("utf-8")
    table = manual[manual.index("| doubt | meaning |") :].split("\n\n")[0]
    names = {name for row in table.splitlines()[2:] for name in re.findall(r"`([a-z-]+)`", row.split("|")[1])}
    assert names == DOUBTS.keys()


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


def test_doubts_are_words_and_unknown_ones_stay(german):
    assert doubts_in_words(("gpu-lost", "odd")) == "GPU verloren, odd"


def test_several_sentences_in_a_row_are_each_said(german):
    shown = said(
        "IN-SER-INCOMPLETE",
        "The headers count 40 images in the series (0020,1209), 31 were found: 9 are missing. The instance numbers "
        "(0020,0013) begin at 10: 9 of the images before it are missing. Send or export the whole series again from "
        "the archive or scanner.",
    )
    assert shown == (
        "Die Köpfe zählen 40 Bilder in der Serie (0020,1209), gefunden wurden 31: 9 fehlen. Die Instanznummern "
        "(0020,0013) beginnen bei 10: 9 der Bilder davor fehlen. Senden oder exportieren Sie die ganze Serie noch "
        "einmal aus dem Archiv oder vom Gerät."
    )


def test_words_of_a_gap_are_said_where_they_stand(german):
    shown = said(
        "IN-SER-GAP",
        "/in has a step of 7.50 mm between slice 3 (/in/3) and slice 4 (/in/4) of 9, the larger neighbouring step is "
        "2.50 mm (limit 1.5x): slices are missing, with the instance numbers 4 and 5. 2 more gaps follow.",
    )
    assert shown.endswith("Es fehlen Schichten, mit den Instanznummern 4 und 5. 2 weitere Lücken folgen.")


def test_text_that_no_table_knows_is_said_by_its_code_with_its_own_words_behind(german):
    shown = told(Trouble("NW-REFUSED", "ARCHIVE did not store a.dcm: out of ink.", "Look into the peer's log."))
    assert shown.sentence.startswith("Die Gegenstelle hat die Datei nicht gespeichert;")
    assert shown.sentence.endswith("Im Wortlaut: ARCHIVE did not store a.dcm: out of ink.")
    assert shown.next_step == "Sehen Sie in das Protokoll der Gegenstelle."


def test_reason_of_an_alarm_and_what_stands_in_it_are_said(german):
    assert said("no-worker", "No worker is there to answer; studies waiting: 3.").endswith("wartende Studien: 3.")
    changed = said("source-changed", "/in is not what it was since 2026-01-01 10:00 UTC, as a 1 sees it: dark, edge.")
    assert changed.endswith("wie a 1 es sieht: dunkel, Kanten.")
    assert said("not-fed", "fovea watch: /in does not exist.") == "fovea watch: /in gibt es nicht."
    assert said("worker-trouble", "/in does not exist.") == "/in gibt es nicht."


def test_setting_that_is_wrong_is_said_with_what_it_may_be(german):
    shown = said("US-WATCH", "watch.toml, folder 1 has picture_s = 'soon'. Make it a number from 0.1 to 86400.")
    assert shown == "watch.toml, Ordner 1 hat picture_s = 'soon'. Geben Sie eine Zahl von 0.1 bis 86400 an."
    shown = said("US-SECOND", "The second opinions in /h/second.toml cannot be used: 'a b' is no id of a model.")
    assert shown.endswith("können nicht benutzt werden: „a b“ ist keine Kennung eines Modells.")


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
