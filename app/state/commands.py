"""Everything a person can ask the window to do: the one table that menus, keys, the key page and the manual follow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.state.words import later

Menu = Literal["File", "Picture", "Tools", "Review", "Go", "Window", "Help"]

MENUS: dict[Menu, str] = {
    "File": later("File"),
    "Picture": later("Picture"),
    "Tools": later("Tools"),
    "Review": later("Review"),
    "Go": later("Go"),
    "Window": later("Window"),
    "Help": later("Help"),
}
"""The menus in their order, with their titles."""

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
    Command("answer_as", "Answer as a modality that the file does not name...", (), "File"),
    Command("cancel", "Cancel what is waiting", ("Ctrl+.",), "File"),
    Command("quit", "Quit", ("Ctrl+Q",), "File"),
    Command("fit", "Fit to the window", ("F",), "Picture", "fit", "picture"),
    Command("actual", "One to one", ("0",), "Picture", "actual", "picture"),
    Command("zoom_in", "Zoom in", ("+", "="), "Picture", "zoom-in", "picture"),
    Command("zoom_out", "Zoom out", ("-",), "Picture", "zoom-out", "picture"),
    Command("invert", "Invert", ("I",), "Picture", "invert", "picture", checkable=True),
    Command("colours", "Colours: grey, hot, cool", ("Shift+C",), "Picture", "", "picture"),
    Command("flip", "Flip left and right", ("H",), "Picture", "flip", "picture"),
    Command("flip_down", "Flip top and bottom", ("V",), "Picture", "", "picture"),
    Command("rotate_right", "Rotate to the right", ("R",), "Picture", "rotate", "picture"),
    Command("rotate_left", "Rotate to the left", ("L",), "Picture", "", "picture"),
    Command("reset", "Reset window, zoom and rotation", ("Space",), "Picture", "reset", "picture"),
    Command("soft_tissue_window", "Soft tissue window", ("1",), "Picture", "", "picture"),
    Command("lung_window", "Lung window", ("2",), "Picture", "", "picture"),
    Command("liver_window", "Liver window", ("3",), "Picture", "", "picture"),
    Command("bone_window", "Bone window", ("4",), "Picture", "", "picture"),
    Command("brain_window", "Brain window", ("5",), "Picture", "", "picture"),
    Command("own_window", "Window of the file", ("6",), "Picture", "", "picture"),
    Command("auto_window", "Automatic window", ("7",), "Picture", "", "picture"),
    Command("whole_window", "Window over all values", ("8",), "Picture", "", "picture"),
    Command("brighter", "Brighter", ("Ctrl+Shift+Up",), "Picture", "", "picture"),
    Command("darker", "Darker", ("Ctrl+Shift+Down",), "Picture", "", "picture"),
    Command("more_contrast", "More contrast", ("Ctrl+Shift+Right",), "Picture", "", "picture"),
    Command("less_contrast", "Less contrast", ("Ctrl+Shift+Left",), "Picture", "", "picture"),
    Command("show_regions", "Show regions", ("B",), "Picture", "regions", "picture", checkable=True),
    Command("heat_map", "Heat map", ("Shift+B",), "Picture", "", "picture", checkable=True),
    Command("outlines", "Outlines: box, contour, both", ("O",), "Picture", "", "picture"),
    Command("three_planes", "Three planes", ("M",), "Tools", "planes", "picture", checkable=True),
    Command("slab", "Slab: maximum, mean, off", ("T",), "Tools", "", "picture"),
    Command("slab_thicker", "Thicker slab", ("Ctrl+Up",), "Tools", "", "picture"),
    Command("slab_thinner", "Thinner slab", ("Ctrl+Down",), "Tools", "", "picture"),
    Command("tilt_up", "Tilt the plane up", ("Alt+Up",), "Tools", "", "picture"),
    Command("tilt_down", "Tilt the plane down", ("Alt+Down",), "Tools", "", "picture"),
    Command("tilt_left", "Tilt the plane left", ("Alt+Left",), "Tools", "", "picture"),
    Command("tilt_right", "Tilt the plane right", ("Alt+Right",), "Tools", "", "picture"),
    Command("straighten", "Straighten the planes", ("Alt+Home",), "Tools", "", "picture"),
    Command("cine", "Play the slices", ("C",), "Tools", "cine", "picture", checkable=True),
    Command("cine_faster", "Play faster", ("Ctrl+Right",), "Tools", "", "picture"),
    Command("cine_slower", "Play slower", ("Ctrl+Left",), "Tools", "", "picture"),
    Command("magnifier", "Magnifier", ("Z",), "Tools", "magnifier", "picture", checkable=True),
    Command("probe_length", "Measure a length", ("D",), "Tools", "measure", "picture"),
    Command("probe_angle", "Measure an angle", ("G",), "Tools", "", "picture"),
    Command("probe_area", "Measure an area", ("A",), "Tools", "", "picture"),
    Command("probe_value", "Measure a value", ("Q",), "Tools", "", "picture"),
    Command("probe_remove", "Remove the last measurement", ("Del",), "Tools", "", "picture"),
    Command("put_down", "Put down what is in hand", ("Esc",), "Tools", "", "picture"),
    Command("compare", "Side by side with another study", ("W",), "Tools", "compare", "picture", checkable=True),
    Command("flicker", "Flicker between both studies", ("K",), "Tools", "flicker", "picture", checkable=True),
    Command("difference", "Difference of both studies", ("J",), "Tools", "difference", "picture", checkable=True),
    Command("confirm", "Confirm, and go on", ("Return", "Enter"), "Review", "", "picture"),
    Command("reject", "Reject...", ("X",), "Review", "", "picture"),
    Command("add_region", "Add a region", ("N",), "Review", "", "picture"),
    Command("edit_region", "Change label or box...", ("E",), "Review", "", "picture"),
    Command("confirm_rest", "Confirm all that are undecided", ("Ctrl+Shift+Return",), "Review", "", "picture"),
    Command("undo", "Undo", ("U", "Ctrl+Z"), "Review", "", "picture"),
    Command("redo", "Redo", ("Ctrl+Y", "Ctrl+Shift+Z"), "Review", "", "picture"),
    Command("verdict_1", "First verdict: accept, or agree", ("F2",), "Review"),
    Command("verdict_2", "Second verdict: warn, or disagree", ("F3",), "Review"),
    Command("verdict_3", "Third verdict: reject the part", ("F4",), "Review"),
    Command("comment", "Comment", ("Ctrl+K",), "Review"),
    Command("sign", "Sign...", ("Ctrl+Return",), "Review"),
    Command("amend", "Change what is signed...", (), "Review"),
    Command("threshold_down", "Show more regions", ("[",), "Review", "", "picture"),
    Command("threshold_up", "Show fewer regions", ("]",), "Review", "", "picture"),
    Command("next_study", "Next study", ("Ctrl+PgDown",), "Go", "next"),
    Command("previous_study", "Previous study", ("Ctrl+PgUp",), "Go", "previous"),
    Command("page_on", "Ten slices on; in a picture the next study", ("PgDown",), "Go"),
    Command("page_back", "Ten slices back; in a picture the previous study", ("PgUp",), "Go"),
    Command("first_slice", "First slice", ("Home",), "Go", "", "picture"),
    Command("last_slice", "Last slice", ("End",), "Go", "", "picture"),
    Command("next_region", "Next region", ("Tab",), "Go", "", "picture"),
    Command("previous_region", "Previous region", ("Shift+Tab",), "Go", "", "picture"),
    Command("next_pane", "Next part of the window", ("F6",), "Go"),
    Command("worklist", "Worklist", ("Alt+1",), "Window", "worklist", checkable=True),
    Command("reading", "Reading", ("Alt+2",), "Window", "reading", checkable=True),
    Command("monitor", "Monitor", ("Alt+3",), "Window", "monitor", checkable=True),
    Command("models", "Models", ("Alt+4",), "Window", "models", checkable=True),
    Command("audit", "Audit", ("Alt+5",), "Window", "audit", checkable=True),
    Command("settings", "Settings", ("Alt+6",), "Window", "settings", checkable=True),
    Command("full_screen", "Full screen", ("F11",), "Window", "", checkable=True),
    Command("picture_window", "Picture in a window of its own", ("Shift+F11",), "Window", "", checkable=True),
    Command("palette", "Find a command...", ("Ctrl+L",), "Window"),
    Command("log_in", "Log in...", (), "Window"),
    Command("lock", "Lock the window", ("Ctrl+Alt+L",), "Window"),
    Command("keys", "Keys and mouse", ("F1",), "Help", "keys"),
    Command("about", "About Fovea", (), "Help"),
)

MOUSE = (
    (later("Left drag"), later("Window and level: sideways for contrast, up and down for brightness")),
    (later("Left click"), later("Choose the region under the pointer")),
    (later("Left drag at an edge of the chosen region"), later("Move that edge")),
    (later("Middle drag, Shift + left drag"), later("Move the picture")),
    (later("Right drag"), later("Zoom about the place where the drag began")),
    (later("Right click"), later("Menu")),
    (later("Click in one of three planes"), later("The other planes go there")),
    (later("Drag the middle of the crosshair"), later("The other planes follow")),
    (later("Drag a handle of the crosshair"), later("Turn the other planes")),
    (later("Wheel in a volume"), later("Scroll through the slices")),
    (later("Wheel in a picture, Ctrl + wheel"), later("Zoom about the pointer")),
    (later("Click or drag in the bar beside a volume"), later("Go to that slice")),
    (later("Arrow keys in a volume"), later("One slice on or back")),
    (later("Arrow keys in a picture, Shift + arrow keys"), later("Move the picture")),
    (later("Drop files or folders"), later("Open them")),
)
"""What the mouse does, and the keys that are no commands."""
