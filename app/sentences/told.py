"""What the engine says, in the language of the window.

The engine speaks English and names what it found: files, numbers, limits. Its sentences stand here once more with
places for those, one table a subject. A text that one of them fits is said in the window's language with the same names
put in. Of any other text the window says what its code says (`general`), with the engine's own words behind it; a text
without a code stays as it is. `tests/app/sentences` holds the tables against the engine's source and the manual.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from app.sentences.alarms import ALARMS
from app.sentences.answers import ANSWERS
from app.sentences.dicom import DICOM
from app.sentences.files import FILES
from app.sentences.general.homes import OF_HOMES
from app.sentences.general.inputs import OF_INPUTS
from app.sentences.general.leaving import OF_LEAVING
from app.sentences.general.use import OF_USE
from app.sentences.models import MODELS
from app.sentences.records import RECORDS
from app.sentences.sentence import Sentence
from app.sentences.settings import SETTINGS
from app.state.drift import WATCHED
from app.state.session import Trouble
from app.state.words import later
from app.text import tr

SENTENCES: tuple[Sentence, ...] = (*FILES, *DICOM, *ANSWERS, *RECORDS, *MODELS, *SETTINGS)

GENERAL = {one.code: one for one in (*OF_INPUTS, *OF_HOMES, *OF_LEAVING, *OF_USE)}
"""What a code says whatever it names."""

WORDS = WATCHED | {
    word: word
    for word in (
        later("waiting"),
        later("find"),
        later("read"),
        later("prepare"),
        later("detect"),
        later("merge"),
        later("record"),
    )
}
"""What stands in such a place and is a word, not a name: stages of the work, and what is watched of a source."""

WITHOUT_OWN = "worker-trouble"
"""An alarm whose reason is an error, which comes without its code."""

_PLACE = re.compile(r"%(\d\d?)")
_SENTENCE_END = re.compile(r"(?<=\.) (?=[A-Z0-9])")
_SAID_IN_A_ROW = frozenset({"IN-SER-GAP", "IN-SER-INCOMPLETE", "QU-KILLED"})
"""Codes with which the engine says one sentence after the other, as many as there is to say."""

_MOST_IN_A_ROW = 8
_LEAST_FIXED = 12
"""Letters of a sentence that are always the same, for it to be known without its code."""


def told(trouble: Trouble) -> Trouble:
    """The trouble in the language of the window; its code stays."""
    sentence, general = _fitting(trouble.code, trouble.sentence), _general(trouble.code)
    if sentence is None and general is not None:
        return Trouble(trouble.code, said(trouble.code, trouble.sentence), tr(general.next_step))
    next_step = _fitting(trouble.code, trouble.next_step)
    if next_step is None:
        next_step = tr(general.next_step) if general and trouble.next_step else trouble.next_step
    return Trouble(trouble.code, trouble.sentence if sentence is None else sentence, next_step)


def line_of(trouble: Trouble) -> str:
    """All of it in a line, beginning with the code where there is one."""
    shown = told(trouble)
    return f"{shown.code}: {shown.sentence} {shown.next_step}".removeprefix(": ").strip()


def said(code: str, text: str) -> str:
    """A sentence of an error or an alarm, its next step or both, in the language of the window.

    Args:
        code: of the error or alarm; empty where it is not known.
        text: as the engine says it.
    """
    fitting, general = _fitting("" if code == WITHOUT_OWN else code, text), _general(code)
    if fitting is not None or general is None:
        return text if fitting is None else fitting
    words = tr("%1 In its own words: %2") if text else "%1"
    return words.replace("%1", tr(general.text)).replace("%2", text)


def _general(code: str) -> Sentence | None:
    """What the code says, where the window speaks another language than the engine."""
    found = GENERAL.get(code)
    return found if found is not None and tr(found.text) != found.text else None


def _fitting(code: str, text: str) -> str | None:
    """The text as one that is known, or as several of them in a row; None where it is neither."""
    parts = _SENTENCE_END.split(text)
    if len(parts) == 1 or len(parts) > _MOST_IN_A_ROW:
        return _known(code, text)
    if code in _SAID_IN_A_ROW:
        return _in_a_row(code, parts)
    whole = _known(code, text)
    return _in_a_row(code, parts) if whole is None else whole


def _in_a_row(code: str, parts: list[str]) -> str | None:
    """Known sentences, each as short as may be; a name may hold what looks like the end of one."""
    if not parts:
        return ""
    for end in range(1, len(parts) + 1):
        first = _known(code, " ".join(parts[:end]))
        rest = _in_a_row(code, parts[end:]) if first is not None else None
        if rest is not None:
            return f"{first} {rest}".rstrip()
    return None


def _known(code: str, text: str) -> str | None:
    for pattern, parts in _patterns(code):
        if found := pattern.fullmatch(text):
            names = iter(found.groups())
            return " ".join(_filled(code, part, names) for part in parts)
    return None


@lru_cache(maxsize=256)
def _patterns(code: str) -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    """What may be said with a code, by how much of it is fixed: the most telling first. Without one, all that tell."""
    own = [sentence for sentence in (*SENTENCES, *ALARMS) if code in ("", sentence.code)]
    texts = {parts for one in own for parts in ((one.text,), (one.next_step,), (one.text, one.next_step))}
    ordered = sorted(texts, key=lambda parts: (-_fixed(parts), parts))
    return tuple((_pattern(" ".join(parts)), parts) for parts in ordered if code or _fixed(parts) >= _LEAST_FIXED)


def _fixed(parts: tuple[str, ...]) -> int:
    return len(_PLACE.sub("", " ".join(parts)))


def _pattern(text: str) -> re.Pattern[str]:
    fixed = _PLACE.split(text)[::2]
    return re.compile("(.*?)".join(map(re.escape, fixed)), re.DOTALL)


def _filled(code: str, text: str, names: Iterator[str]) -> str:
    """The translation with the names of the original put in, by their numbers."""
    numbers = _PLACE.findall(text)
    by_number = {number: _named(code, name) for number, name in zip(numbers, names, strict=False)}
    return _PLACE.sub(lambda place: by_number[place[1]], tr(text))


def _named(code: str, name: str) -> str:
    """What stands in a place: a name as it is, but a word or a sentence of the engine in the window's language."""
    if set(name.split(", ")) <= WORDS.keys():
        return ", ".join(tr(WORDS[word]) for word in name.split(", "))
    if " " not in name:
        return name
    return _known(code, name) or (_fitting("", name) if name.endswith(".") else None) or name
