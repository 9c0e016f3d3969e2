"""Colours can be told apart and read."""

import pytest

from app.paint.palette import DARK, LIGHT, rgb


def luminance(colour):
    """Relative luminance. Source: WCAG 2.2."""
    linear = [c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in rgb(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a, b):
    lighter, darker = sorted((luminance(a), luminance(b)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


WRITTEN = [
    "text",
    "quiet",
    "flagged",
    "clear",
    "incomplete",
    "out_of_domain",
    "refused",
    "failed",
    "waiting",
    "running",
]


THEMES = pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])


@THEMES
@pytest.mark.parametrize("ground", ["ground", "panel", "raised", "accent_ground"])
@pytest.mark.parametrize("name", WRITTEN)
def test_text_is_readable_on_every_ground(theme, name, ground):
    assert contrast(theme.colour(name), theme.colour(ground)) >= 4.5


@THEMES
def test_main_button_is_readable(theme):
    assert contrast(theme.on_accent, theme.accent) >= 4.5


@THEMES
def test_focus_stands_out_from_what_it_lies_on(theme):
    assert min(contrast(theme.accent, ground) for ground in (theme.panel, theme.raised, theme.ground)) >= 3.0


def test_lines_of_regions_stand_out_from_their_halo():
    assert min(contrast(DARK.sure, DARK.halo), contrast(DARK.unsure, DARK.halo)) >= 4.5
