"""What the engine says, in the language of the window.

The engine speaks English and names what it found: files, numbers, limits. Its sentences stand here once more with
places for those, one table a subject. A text that one of them fits is said in the window's language with the same names
put in; any other text stays as the engine says it. `tests/app/sentences` holds the tables against the engine's source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from app.sentences.answers import ANSWERS
from app.sentences.dicom import DICOM
from app.sentences.files import FILES
from app.sentences.models import MODELS
from app.sentences.records import RECORDS
from app.sentences.sentence import Sentence
from app.state.session import Trouble
from app.state.words import later
from app.text import tr

SENTENCES: tuple[Sentence, ...] = (*FILES, *DICOM, *ANSWERS, *RECORDS, *MODELS)

WORDS = frozenset(
    (
        later("waiting"),
        later("find"),
        later("read"),
        later("prepare"),
        later("detect"),
        later("merge"),
        later("record"),
    )
)
"""What stands in such a place and is a word, not a name: the stages of the work."""

_PLACE = re.compile(r"%(\d)")


def told(trouble: Trouble) -> Trouble:
    """The trouble in the language of the window; its code stays."""
    return Trouble(trouble.code, said(trouble.code, trouble.sentence), said(trouble.code, trouble.next_step))


def line_of(trouble: Trouble) -> str:
    """All of it in a line, beginning with the code where there is one."""
    shown = told(trouble)
    return f"{shown.code}: {shown.sentence} {shown.next_step}".removeprefix(": ").strip()


def said(code: str, text: str) -> str:
    """A sentence of an error, its next step or both, in the language of the window.

    Args:
        code: of the error.
        text: as the engine says it.
    """
    for pattern, parts in _patterns(code):
        if found := pattern.fullmatch(text):
            names = iter(found.groups())
            return " ".join(_filled(part, names) for part in parts)
    return text


@lru_cache(maxsize=256)
def _patterns(code: str) -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    """What may be said with a code, by how much of it is fixed: the most telling first."""
    own = [sentence for sentence in SENTENCES if sentence.code == code]
    texts = {parts for one in own for parts in ((one.text,), (one.next_step,), (one.text, one.next_step))}
    ordered = sorted(texts, key=lambda parts: (-len(_PLACE.sub("", " ".join(parts))), parts))
    return tuple((_pattern(" ".join(parts)), parts) for parts in ordered)


def _pattern(text: str) -> re.Pattern[str]:
    fixed = _PLACE.split(text)[::2]
    return re.compile("(.*?)".join(map(re.escape, fixed)), re.DOTALL)


def _filled(text: str, names: Iterator[str]) -> str:
    """The translation with the names of the original put in, by their numbers."""
    numbers = _PLACE.findall(text)
    by_number = {number: tr(name) if name in WORDS else name for number, name in zip(numbers, names, strict=False)}
    return _PLACE.sub(lambda place: by_number[place[1]], tr(text))
