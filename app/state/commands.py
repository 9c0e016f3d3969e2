"""Everything a person can ask the window to do: the one table that menus, keys, the key page and the manual follow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Menu = Literal["File", "Picture", "Go", "Help"]

Scope = Literal["window", "picture"]
"""`picture` keys work while the picture or a list has the focus, so that Space still presses a focused button."""


@dataclass(frozen=True, slots=True)
class Command:
    """One thing to do.

    Args:
        name: of the signal-like handle in `views.actions`.
        title: in menus; English, translated where shown.
        keys: in Qt's portable notation, the first one shown.
        menu: where it stands.
        icon: file in `resources/icons` without ending; empty for none.
        scope: where its keys work.
        checkable: it is on or off.
    """

    name: str
    title: str
    keys: tuple[str, ...]
    menu: Menu
    icon: str = ""
    scope: Scope = "window"
    checkable: bool = False


COMMANDS = (
    Command("open", "Open files...", ("Ctrl+O",), "File", "open"),
    Command("open_folder", "Open a folder...", ("Ctrl+Shift+O",), "File"),
    Command("open_samples", "Open the sample studies", (), "File"),
    Command("answer_again", "Answer this study again", ("F5",), "File", "again"),
    Command("cancel", "Cancel what is waiting", ("Ctrl+.",), "File"),
    Command("quit", "Quit", ("Ctrl+Q",), "File"),
    Command("fit", "Fit to the window", ("F",), "Picture", "fit", "picture"),
    Command("actual", "One to one", ("1",), "Picture", "actual", "picture"),
    Command("zoom_in", "Zoom in", ("+", "="), "Picture", "zoom-in", "picture"),
    Command("zoom_out", "Zoom out", ("-",), "Picture", "zoom-out", "picture"),
    Command("invert", "Invert", ("I",), "Picture", "invert", "picture", checkable=True),
    Command("reset", "Reset window and zoom", ("Space",), "Picture", "reset", "picture"),
    Command("lung_window", "Lung window", ("2",), "Picture", "", "picture"),
    Command("soft_tissue_window", "Soft tissue window", ("3",), "Picture", "", "picture"),
    Command("bone_window", "Bone window", ("4",), "Picture", "", "picture"),
    Command("show_regions", "Show regions", ("B",), "Picture", "regions", "picture", checkable=True),
    Command("next_study", "Next study", ("Ctrl+PgDown",), "Go", "next"),
    Command("previous_study", "Previous study", ("Ctrl+PgUp",), "Go", "previous"),
    Command("page_on", "Ten slices on; in a picture the next study", ("PgDown",), "Go"),
    Command("page_back", "Ten slices back; in a picture the previous study", ("PgUp",), "Go"),
    Command("next_region", "Next region", ("Tab",), "Go", "", "picture"),
    Command("previous_region", "Previous region", ("Shift+Tab",), "Go", "", "picture"),
    Command("next_pane", "Next part of the window", ("F6",), "Go"),
    Command("keys", "Keys and mouse", ("F1",), "Help", "keys"),
    Command("about", "About Fovea", (), "Help"),
)

MOUSE = (
    ("Left drag", "Window and level: sideways for contrast, up and down for brightness"),
    ("Left click", "Choose the region under the pointer"),
    ("Middle drag, Shift + left drag", "Move the picture"),
    ("Right drag", "Zoom about the place where the drag began"),
    ("Right click", "Menu"),
    ("Wheel in a volume", "Scroll through the slices"),
    ("Wheel in a picture, Ctrl + wheel", "Zoom about the pointer"),
    ("Click or drag in the bar beside a volume", "Go to that slice"),
    ("Arrow keys in a volume", "One slice on or back"),
    ("Arrow keys in a picture, Shift + arrow keys", "Move the picture"),
    ("Drop files or folders", "Open them"),
)
"""What the mouse does, and the keys that are no commands."""
