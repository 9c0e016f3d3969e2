"""The program's icons."""

import pytest
from PySide6.QtGui import QIcon

from app.paint.icons import icon
from engine.places import RESOURCES

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.parametrize("name", sorted(path.stem for path in (RESOURCES / "icons").glob("*.svg")))
def test_icon_is_drawn_in_the_colour_asked_for(name):
    image = icon(name, "#00ff00").pixmap(48, 48).toImage()
    colours = {image.pixelColor(x, y).name() for x in range(48) for y in range(48) if image.pixelColor(x, y).alpha()}
    assert colours
    assert name == "fovea" or "#00ff00" in colours


def test_disabled_icon_is_dimmer():
    made = icon("fit", "#ffffff")
    normal, disabled = (made.pixmap(24, 24, mode).toImage() for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled))
    assert normal != disabled
