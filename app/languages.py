"""The languages of the window: English is in the source, others come as Qt's translation files."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from engine.places import RESOURCES

LANGUAGES = RESOURCES / "languages"
OWN = "en"
"""What the source is written in."""


def speak(application: QApplication, language: str) -> tuple[QTranslator, ...]:
    """Has the application speak a language from now on; widgets that are there already keep theirs.

    Args:
        application: what speaks.
        language: two letters, or `system` for that of the desktop. One that there is no file for is English.

    Returns:
        What translates: our texts, and where Qt has them its own.
    """
    wanted = QLocale().name()[:2] if language == "system" else language
    if wanted == OWN or not (LANGUAGES / f"fovea_{wanted}.qm").is_file():
        return ()
    QLocale.setDefault(QLocale(wanted))
    of_qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    found = []
    for name, folder in ((f"qtbase_{wanted}", of_qt), (f"fovea_{wanted}", str(LANGUAGES))):
        translator = QTranslator(application)
        if translator.load(name, folder):
            application.installTranslator(translator)
            found.append(translator)
    return tuple(found)
