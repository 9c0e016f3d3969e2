"""Measuring in the window."""

from PySide6.QtCore import Qt

from app.wiring.probing import ProbingWiring
from tests.app.volumes import chest


def probing(reader):
    return next(wiring for wiring in reader.desktop.sights if isinstance(wiring, ProbingWiring))


def test_length_is_measured_by_a_key_and_two_clicks_and_stays_on_its_slice(reader):
    reader.show(chest=chest())
    reader.press(Qt.Key.Key_D)
    reader.click(reader.view, 10.0, 20.0)
    reader.click(reader.view, 70.0, 20.0)
    wiring, source = probing(reader), reader.desktop.session.row.source
    (probe,) = wiring.probes.on(source, reader.view.plane)
    (drawn,) = wiring._hands[reader.view]._drawn
    assert drawn.words[0].endswith(" mm")
    assert abs(float(drawn.words[0].split()[0]) - 60 * 340 / 96) < 2
    reader.press(Qt.Key.Key_Down)
    assert wiring._hands[reader.view]._drawn == ()
    reader.press(Qt.Key.Key_Delete)
    reader.press(Qt.Key.Key_Up)
    assert wiring.probes.on(source, reader.view.plane) == (probe,)
    reader.press(Qt.Key.Key_Delete)
    assert wiring.probes.on(source, reader.view.plane) == ()


def test_escape_puts_the_probe_down(reader, part):
    reader.show(part=part)
    reader.press(Qt.Key.Key_A)
    assert reader.view.tool.kind is not None
    reader.press(Qt.Key.Key_Escape)
    assert reader.view.tool.kind is None


def test_value_of_a_colour_picture_has_three_numbers(reader, part):
    reader.show(part=part)
    reader.press(Qt.Key.Key_Q)
    reader.click(reader.view, 200.5, 150.5)
    (drawn,) = probing(reader)._hands[reader.view]._drawn
    assert drawn.words == ("127.0, 127.0, 90.0",)


def test_keys_that_set_a_point_are_no_commands_meanwhile(reader):
    reader.show(chest=chest())
    reader.press(Qt.Key.Key_D)
    at = reader.view.plane
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Return):
        reader.press(key)
    assert reader.view.plane == at
    (probe,) = probing(reader).probes.on(reader.desktop.session.row.source, at)
    assert probe.points[1][0] > probe.points[0][0]
