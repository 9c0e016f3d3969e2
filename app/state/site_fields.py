"""The settings of the site as a form shows them: which there are, what they mean, and text to values and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from app.state.words import later

Kind = Literal["text", "number", "whole", "choice", "switch", "names", "folder", "file"]


@dataclass(frozen=True, slots=True)
class Field:
    """One setting.

    Args:
        name: in its file.
        title: in the form; English, translated where shown.
        kind: how it is edited.
        hint: what holds where it is left empty.
        choices: of a `choice`, as the file has them, with the words for each.
    """

    name: str
    title: str
    kind: Kind = "text"
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()


BEGINS = (("first-seen", later("first seen here")), ("acquired", later("taken, as its file says")))
LATE = (("answer", later("is answered, with a doubt")), ("drop", later("is not looked at, and its outcome says so")))
PRIORITIES = (("routine", later("routine")), ("stat", later("stat")))
COMPLETIONS = (
    ("closed", later("no program has it open any more")),
    ("renamed", later("it is there under this name")),
    ("marker", later("its marker is there")),
)
ROUTINGS = (("leave", later("stay where they are")), ("move", later("are moved to `done` or `refused`")))

FOLDER = (
    Field("path", later("Folder"), "folder"),
    Field("model", later("Model"), hint=later("the one that fits")),
    Field("modality", later("Modality, where a file names none"), hint=later("none")),
    Field("threshold", later("Threshold"), "number", later("the model's own")),
    Field("picture_s", later("Seconds for a picture"), "number", "10"),
    Field("volume_s", later("Seconds for a volume"), "number", "180"),
    Field("deadline_from", later("They begin when it was"), "choice", "first-seen", BEGINS),
    Field("late", later("What comes too late"), "choice", "answer", LATE),
    Field("priority", later("Priority"), "choice", "routine", PRIORITIES),
    Field("completion", later("A file is whole when"), "choice", "closed", COMPLETIONS),
    Field("marker", later("Name of the marker"), hint=later("none")),
    Field("routing", later("Answered files"), "choice", "leave", ROUTINGS),
    Field("most_waiting", later("Most studies that wait"), "whole", "1000"),
)

RECEIVER = (
    Field("title", later("AE title"), hint="FOVEA"),
    Field("host", later("Address to listen on"), hint="127.0.0.1"),
    Field("port", later("Port"), "whole", "11112"),
    Field("callers", later("AE titles that may send"), "names", later("any")),
    Field("associations", later("Associations at once"), "whole", "16"),
    Field("keep_free_mib", later("MiB kept free on the disk"), "whole", "1024"),
    Field("tls_certificate", later("TLS certificate"), "file", later("no TLS")),
    Field("tls_key", later("TLS key"), "file", later("no TLS")),
    Field("tls_authority", later("TLS authority of the callers"), "file", later("no TLS")),
    Field("picture_s", later("Seconds for a picture"), "number", "10"),
    Field("volume_s", later("Seconds for a volume"), "number", "180"),
)

PRIVACY = (
    Field("pixels_days", later("Days until received files of answered studies are removed"), "number", later("kept")),
    Field("thumbnails_days", later("Days until small pictures are removed"), "number", later("kept")),
)

OPINIONS = (
    ("model", later("another model")),
    ("template", later("an image of the part without defects")),
    ("flips", later("the same model, in a mirror")),
)

OPINION = (
    Field("id", later("Model that answers"), hint=later("its id")),
    Field("by", later("Second opinion by"), "choice", choices=OPINIONS),
    Field("model", later("The other model"), hint=later("its id, or its id and version")),
    Field("folder", later("Folder of the templates"), "folder"),
    Field("name", later("Name of a template, with {stem} or {folder}"), hint=later("the one most like the study")),
    Field("tolerance_px", later("Pixels that an edge may lie off"), "whole", "2"),
    Field("least_contrast", later("Share of the values that makes a difference"), "number", "0.5"),
    Field("least_px", later("Pixels that make a region"), "whole", "5"),
)

OPINION_OF = {
    "model": ("model",),
    "template": ("folder", "name", "tolerance_px", "least_contrast", "least_px"),
    "flips": (),
}
"""What each kind of second opinion can say beside."""


def value_of(field: Field, text: str) -> Any:
    """What stands in the file for what was typed; text that is no number stays text, and the check says so."""
    text = text.strip()
    if field.kind == "names":
        return [name.strip() for name in text.split(",") if name.strip()]
    if field.kind == "switch":
        return text == "true"
    if field.kind in ("number", "whole"):
        try:
            number = float(text)
        except ValueError:
            return text
        return int(number) if number.is_integer() and ("." not in text or field.kind == "whole") else number
    return text


def text_of(value: Any) -> str:
    """What a form shows for a value of the file."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:g}"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def table_of(fields: Sequence[Field], typed: Mapping[str, str], stored: Mapping[str, Any]) -> dict[str, Any]:
    """The table of a file: what the form shows as typed, and what it does not show as it was stored."""
    shown = {field.name for field in fields}
    rest = {name: value for name, value in stored.items() if name not in shown}
    given = {field.name: value_of(field, typed[field.name]) for field in fields if typed.get(field.name, "").strip()}
    return given | rest
