"""The one door to the dialogs that ask for files and folders."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QInputDialog, QWidget

from app.text import tr

SUFFIXES = "*.png *.jpg *.jpeg *.bmp *.tif *.tiff *.dcm *.nii *.nii.gz *.mha *.mhd"

MODALITIES = ("CT", "MR", "CR", "DX", "MG", "NM", "OP", "OPT", "PT", "RF", "SM", "US", "XA")
"""Of images (PS3.3 C.7.3.1.1.1)."""


def ask_files(parent: QWidget) -> list[Path]:
    """Files that the person chose; none if they changed their mind."""
    patterns = f"{tr('Pictures and volumes')} ({SUFFIXES} {SUFFIXES.upper()});;{tr('All files')} (*)"
    names, _ = QFileDialog.getOpenFileNames(parent, tr("Open files"), "", patterns)
    return [Path(name) for name in names]


def ask_folder(parent: QWidget) -> list[Path]:
    """The folder that the person chose, as a list of one; empty if they changed their mind."""
    name = QFileDialog.getExistingDirectory(parent, tr("Open a folder"))
    return [Path(name)] if name else []


def ask_package(parent: QWidget) -> Path | None:
    """A model package: a zip, or a folder by the manifest in it; None if the person changed their mind."""
    patterns = f"{tr('Model packages')} (*.zip manifest.toml);;{tr('All files')} (*)"
    name, _ = QFileDialog.getOpenFileName(parent, tr("Import a model package"), "", patterns)
    path = Path(name)
    return (path.parent if path.name == "manifest.toml" else path) if name else None


def ask_modality(parent: QWidget) -> str:
    """The modality that the person states, as DICOM writes it; empty if they changed their mind."""
    words = tr("Modality of this study, such as CT or MR:")
    chosen, taken = QInputDialog.getItem(parent, tr("Answer as"), words, MODALITIES, editable=False)
    return chosen if taken else ""
