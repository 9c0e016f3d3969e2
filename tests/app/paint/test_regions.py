"""Regions over a picture in the window."""

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication, QImage, QPainter

from app.paint.palette import DARK, rgb
from app.paint.region_marks import BOXES, THIN_FROM, Outlined, shown_box
from app.paint.regions import Lettering, draw_regions, region_at
from app.state.contours import Contour
from app.state.geometry import View
from engine.domain.region import Region
from engine.domain.review import RegionVerdict

pytestmark = pytest.mark.usefixtures("qapp")

VIEW = View((400, 300), (400, 300), (200.0, 150.0), 1.0)
SURE = Region("pitting", 0.9, "sure", (100, 100, 160, 150))
UNSURE = Region("pitting", 0.2, "unsure", (250, 100, 310, 150))


def drawn(regions, chosen=None, view=VIEW, ground="#808080", decisions=(), outlined=BOXES, taken=()):
    image = QImage(400, 300, QImage.Format.Format_RGB888)
    image.fill(ground)
    painter = QPainter(image)
    draw_regions(painter, view, regions, chosen, Lettering(QGuiApplication.font(), taken), decisions, outlined)
    painter.end()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(300, image.bytesPerLine())
    return rows[:, :1200].reshape(300, 400, 3).copy()


def share(line, colour):
    return float((np.abs(line.astype(int) - rgb(colour)).max(axis=1) < 40).mean())


def test_sure_region_has_a_whole_line_around_what_was_flagged():
    screen = drawn([SURE])
    assert share(screen[105:145, 98], DARK.sure) == 1.0
    assert (screen[104:146, 104:156] == 128).all()


def test_unsure_region_has_a_broken_line_of_another_colour():
    screen = drawn([UNSURE])
    assert 0.3 < share(screen[100:150, 248], DARK.unsure) < 0.9
    assert share(screen[100:150, 248], DARK.sure) == 0.0


def test_chosen_region_is_thicker_and_has_handles():
    def lit(screen):
        return int((np.abs(screen[90:160, 90:170].astype(int) - rgb(DARK.sure)).max(axis=2) < 40).sum())

    assert lit(drawn([SURE], chosen=0)) > 1.4 * lit(drawn([SURE]))


def test_label_keeps_off_what_is_written_already():
    assert (drawn([SURE])[80:96, 100:200] != 128).any()
    assert (drawn([SURE], taken=((90.0, 70.0, 210.0, 96.0),))[70:96, 90:210] == 128).all()


@pytest.mark.parametrize("ground", ["#000000", "#ffffff", DARK.sure])
def test_label_has_a_dark_plate_on_any_picture(ground):
    screen = drawn([SURE], ground=ground)
    above = screen[80:98, 104:160]
    assert (above.max(axis=2) < 70).mean() > 0.4
    assert (above.min(axis=2) > 180).mean() > 0.01


def test_region_smaller_than_a_screen_pixel_is_still_seen():
    view = View((40_000, 30_000), (400, 300), (20_000.0, 15_000.0), 0.01)
    screen = drawn([Region("pin-hole", 0.9, "sure", (20_000, 15_000, 20_003, 15_003))], view=view)
    assert (np.abs(screen.astype(int) - rgb(DARK.sure)).max(axis=2) < 40).sum() > 20


def test_regions_off_the_screen_and_in_volumes_are_left_out():
    beside = Region("pitting", 0.9, "sure", (1000, 1000, 1010, 1010))
    volume = Region("nodule", 0.9, "sure", box_vox=(0, 0, 0, 1, 1, 1))
    assert (drawn([beside, volume], chosen=1) == 128).all()


def test_smallest_region_under_the_pointer_is_found():
    small = Region("pitting", 0.1, "unsure", (120, 110, 130, 120))
    assert region_at(VIEW, [SURE, small], 125, 115) == 1
    assert region_at(VIEW, [SURE, small], 105, 105) == 0
    assert region_at(VIEW, [SURE, small], 10, 10) is None


def test_shown_box_is_never_too_small_to_click():
    x0, y0, x1, y1 = shown_box(VIEW, (50.0, 50.0, 50.5, 50.5))
    assert (x1 - x0, y1 - y0) == (6.0, 6.0)
    assert ((x0 + x1) / 2, (y0 + y1) / 2) == (50.25, 50.25)


def near(screen, colour):
    return np.abs(screen.astype(int) - rgb(colour)).max(axis=2) < 40


def test_every_decision_has_a_sign_of_its_own_shape_at_the_corner():
    corner = (slice(85, 103), slice(157, 176))
    shapes = [
        (drawn([SURE], decisions=(verdict,))[corner].max(axis=2) > 90).tobytes() for verdict in (None, *RegionVerdict)
    ]
    assert len(set(shapes)) == 5


def test_rejected_region_gives_way_to_the_others():
    screen = drawn([SURE], decisions=(RegionVerdict.REJECTED,))
    assert not near(screen[105:145, 90:110], DARK.sure).any()
    assert 0.1 < share(screen[105:145, 98], DARK.quiet) < 0.6


def test_region_that_a_person_added_is_labelled_without_a_score():
    added = Region("scratch", float("nan"), "sure", (100, 100, 160, 150))
    screen = drawn([added], decisions=(RegionVerdict.ADDED,))
    assert near(screen[98:152, 96:164], DARK.accent).any()
    scored = drawn([Region("scratch", 0.5, "sure", (100, 100, 160, 150))])
    wide = [int(np.flatnonzero(near(one[78:96, 100:260], DARK.halo).any(axis=0)).max()) for one in (screen, scored)]
    assert wide[0] < wide[1]


DIAMOND = Contour((((130.0, 105.0), (155.0, 125.0), (130.0, 145.0), (105.0, 125.0)),))


def lit_at(screen, x, y, colour):
    """Whether something of that colour is drawn within a pixel of a place."""
    return share(screen[y - 1 : y + 2, x - 1 : x + 2].reshape(-1, 3), colour) > 0.0


def test_contour_is_drawn_beside_the_box_or_instead_of_it():
    both = drawn([SURE], outlined=Outlined((DIAMOND,), "both"))
    alone = drawn([SURE], outlined=Outlined((DIAMOND,), "contour"))
    box = drawn([SURE], outlined=Outlined((DIAMOND,), "box"))
    assert [lit_at(screen, 117, 115, DARK.sure) for screen in (both, alone, box)] == [True, True, False]
    assert [lit_at(screen, 98, 125, DARK.sure) for screen in (both, alone, box)] == [True, False, True]


def test_region_without_a_contour_keeps_its_box():
    screen = drawn([SURE, UNSURE], outlined=Outlined((None, None), "contour"))
    assert lit_at(screen, 98, 125, DARK.sure)


def test_chosen_region_keeps_its_box_so_that_it_can_be_taken_hold_of():
    screen = drawn([SURE], chosen=0, outlined=Outlined((DIAMOND,), "contour"))
    assert lit_at(screen, 98, 110, DARK.sure)
    assert lit_at(screen, 117, 115, DARK.sure)


def test_contour_follows_the_picture_where_it_is_turned_and_enlarged():
    turned = View((400, 300), (400, 300), (130.0, 125.0), 2.0).turned(VIEW.turn.turned(1))
    screen = drawn([SURE], view=turned, outlined=Outlined((DIAMOND,), "contour"))
    x, y = turned.to_screen(117.5, 115.0)
    assert lit_at(screen, round(x), round(y), DARK.sure)


def test_contour_that_could_not_be_told_from_its_box_is_left_out():
    far = View((400, 300), (400, 300), (200.0, 150.0), 0.1)
    outlined = drawn([SURE], view=far, outlined=Outlined((DIAMOND,), "contour"))
    assert (outlined == drawn([SURE], view=far)).all()


def test_very_many_contours_are_drawn_thin_in_the_colour_of_their_band():
    count = THIN_FROM + 1
    screen = drawn([SURE] * count, outlined=Outlined((DIAMOND,) * count, "contour"))
    assert lit_at(screen, 117, 115, DARK.sure)
    assert not lit_at(screen, 98, 125, DARK.sure)
