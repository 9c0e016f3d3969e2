"""The door to translated text, and the words that more than one screen uses."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.state.countdown import span


def tr(text: str) -> str:
    """The text in the language of the window; English is the source."""
    return QCoreApplication.translate("Fovea", text)


def capital(text: str) -> str:
    """The text with a capital letter at its beginning; what follows stays, as German nouns need."""
    return text[:1].upper() + text[1:]


def regions_counted(count: int) -> str:
    """`no regions`, `1 region`, `7 regions`."""
    if count == 0:
        return tr("no regions")
    return tr("1 region") if count == 1 else tr("%1 regions").replace("%1", f"{count:,}")


def studies_counted(count: int) -> str:
    """`1 study`, `7 studies`."""
    return tr("1 study") if count == 1 else tr("%1 studies").replace("%1", f"{count:,}")


def time_left(seconds: float | None) -> str:
    """`about 4:05 min left`; empty where nobody knows."""
    return "" if seconds is None else tr("about %1 left").replace("%1", span(seconds))


def band_named(band: str) -> str:
    """How sure the model is, in a word."""
    return tr("sure") if band == "sure" else tr("unsure")


def runtime_named(backend: str) -> str:
    """A back end as people read it: `onnxruntime 1.31.1 cpu` is the embedded default."""
    if backend.startswith("onnxruntime"):
        version = next((part for part in backend.split() if part[:1].isdigit()), "")
        return f"{tr('Embedded default: CPU, ONNX Runtime')} {version}".strip()
    return backend
