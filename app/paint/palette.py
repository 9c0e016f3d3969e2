"""The colours, shared by the window and the burned overlays; plain values, so that neither needs the other."""

from __future__ import annotations

from dataclasses import asdict, dataclass

Rgb = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Palette:
    """One theme. Text on `ground`, `panel` and `raised` has a contrast of at least 4.5:1.

    Args:
        ground: behind the picture.
        panel: side panels and bars.
        raised: buttons, rows under the pointer.
        line: thin separations.
        text: what is read first.
        quiet: what is read second.
        disabled: what cannot be done now; no contrast is promised.
        accent: focus, selection and the main button.
        accent_ground: behind the selected row.
        on_accent: text on the accent.
        sure: regions at or above the model's threshold.
        unsure: regions between its two thresholds.
        second: what a second opinion has flagged.
        halo: drawn under lines and text so that they show on any picture.
        flagged: and the following, the status colours.
        axial: and the following, the colours of planes and of their lines, on pictures only.
    """

    ground: str = "#0d1115"
    panel: str = "#151b21"
    raised: str = "#202932"
    line: str = "#2c3742"
    text: str = "#e8edf2"
    quiet: str = "#9fb0bf"
    disabled: str = "#62707c"
    accent: str = "#4cc2d1"
    accent_ground: str = "#1b3a42"
    on_accent: str = "#0d1115"
    sure: str = "#ffb224"
    unsure: str = "#7cc4ff"
    second: str = "#f08cff"
    halo: str = "#0a0d10"
    flagged: str = "#ffb224"
    clear: str = "#63d297"
    incomplete: str = "#e3d26f"
    out_of_domain: str = "#b9a5ff"
    refused: str = "#ff8f80"
    failed: str = "#ff7fb0"
    waiting: str = "#9fb0bf"
    running: str = "#4cc2d1"
    axial: str = "#ff6b60"
    coronal: str = "#6fdc6f"
    sagittal: str = "#ffe14d"

    def colour(self, name: str) -> str:
        """The colour of that name, as #rrggbb."""
        return str(getattr(self, name))

    def names(self) -> dict[str, str]:
        """All colours by name, for the style sheet."""
        return asdict(self)


DARK = Palette()

LIGHT = Palette(
    ground="#ffffff",
    panel="#f5f7f9",
    raised="#e8edf1",
    line="#c3ccd4",
    text="#17202a",
    quiet="#47535f",
    disabled="#8b98a4",
    accent="#0b6b7a",
    accent_ground="#cfe8ec",
    on_accent="#ffffff",
    sure="#7d4b00",
    unsure="#0a5c9e",
    second="#8a1fa0",
    halo="#ffffff",
    flagged="#7d4b00",
    clear="#12653a",
    incomplete="#665600",
    out_of_domain="#553cae",
    refused="#a82a1a",
    failed="#a01a5e",
    waiting="#47535f",
    running="#0b6b7a",
)
"""For panels, bars and lists; pictures keep a dark ground."""


def palette_named(theme: str) -> Palette:
    """The palette of a theme."""
    return LIGHT if theme == "light" else DARK


def rgb(colour: str) -> Rgb:
    """#rrggbb as three numbers."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
