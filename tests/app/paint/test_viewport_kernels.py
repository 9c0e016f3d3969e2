"""What the viewport draws by the kernels: values between pixels, cuts through volumes, large pictures."""

import numpy as np
import pytest

from app.paint.heat import Heat
from app.paint.picture import Picture
from app.paint.viewport import Viewport
from app.state.frame import Slab
from app.state.geometry import View
from app.state.oblique import Oblique
from app.state.plane import Plane
from app.state.window_level import WindowLevel
from engine.domain.scan import Scan
from tests.app.paint.drawn import FILE, drawn, one_to_one, picture_of

pytestmark = pytest.mark.usefixtures("qapp", "drawn_by_kernels")


@pytest.fixture
def volume():
    """A block with a bright ball, twice as thick as wide."""
    z, y, x = np.ogrid[0:20, 0:48, 0:40]
    ball = (2 * (z - 9.5)) ** 2 + (y - 20) ** 2 + (x - 22) ** 2 < 64
    voxels = np.where(ball, 900, 100).astype(np.int16)
    return Picture.of(Scan(voxels, "volume", "CT", "MONOCHROME2", FILE, spacing_mm=(2.0, 1.0, 1.0)))


ALL = WindowLevel(500.0, 1000.0)


def test_defect_of_two_pixels_is_found_when_200_megapixels_fit_the_window(drawn_by_kernels):
    pixels = np.random.default_rng(1).integers(38, 43, (12_288, 16_384), np.uint8)
    pixels[7001, 9001:9003] = 255
    view = View.fit((16_384, 12_288), (1920, 1080))
    screen = drawn(Viewport(picture_of(pixels)), view, WindowLevel(40.0, 20.0))[..., 0].astype(int)
    left, top = (round(edge) + 2 for edge in view.to_screen(0, 0))
    right, bottom = (round(edge) - 2 for edge in view.to_screen(16_384, 12_288))
    inside = screen[top:bottom, left:right]
    row, column = np.unravel_index(inside.argmax(), inside.shape)
    assert (column + left + 0.5, row + top + 0.5) == pytest.approx(view.to_screen(9002, 7001.5), abs=1.5)
    far = np.ones_like(inside, bool)
    far[row - 3 : row + 4, column - 3 : column + 4] = False
    assert inside.max() >= inside[far].max() + 8, "it stands out from everything else"


def test_values_between_pixels_are_interpolated_before_the_window(drawn_by_kernels):
    pixels = np.array([[0, 1000]], np.uint16)
    picture = Picture.of(Scan(pixels, "photograph", "CR", "MONOCHROME2", FILE))
    view = View((2, 1), (4, 2), (1.0, 0.5), 2.0)
    screen = drawn(Viewport(picture), view, WindowLevel(500.0, 200.0))
    assert screen[0, :, 0].tolist() == [0, 0, 255, 255], "0, 250, 750 and 1000 through a window from 400 to 600"


@pytest.mark.parametrize("axis", [0, 1, 2])
@pytest.mark.parametrize("mode", ["max", "mean"])
def test_slab_along_the_grid_shows_what_the_cut_is_defined_as(volume, axis, mode):
    cut = Plane.across(volume.plane.grid, axis).with_slab(Slab(7, mode))
    screen = drawn(Viewport(volume.on(cut)), one_to_one(cut), ALL)[..., 0].astype(int)
    expected = np.clip(cut.cut(volume.scan.pixels).astype(float) * 0.255, 0, 255)
    assert np.abs(screen - expected).max() <= 1


@pytest.mark.parametrize("slab", [Slab(1), Slab(6, "max"), Slab(6, "mean")])
def test_oblique_cut_shows_what_it_is_defined_as(drawn_by_kernels, volume, slab):
    straight = Oblique.of(volume.plane)
    cut = straight.tilted((0.0, 1.0, 0.0), 0.5, (9.0, 20.0, 22.0)).tilted((0.0, 0.0, 1.0), 0.3, (9.0, 20.0, 22.0))
    cut = cut.with_slab(slab)
    screen = drawn(Viewport(volume.on(cut)), one_to_one(cut), ALL)[..., 0].astype(int)
    defined = cut.cut(volume.scan.pixels).astype(float)
    there = defined > 50  # beside the volume the ground is seen
    assert 0.3 < there.mean() < 1.0
    difference = np.abs(screen - np.clip(defined * 0.255, 0, 255))[there]
    assert np.quantile(difference, 0.98) <= 2, "but for voxels at the rim, which only one of the two counts"


def test_cut_at_no_angle_is_the_plane(drawn_by_kernels, volume):
    cut = Oblique.of(volume.plane)
    assert cut.size_px == volume.plane.size_px
    ours = drawn(Viewport(volume.on(cut)), one_to_one(cut), ALL)
    assert np.array_equal(ours, drawn(Viewport(volume), one_to_one(cut), ALL))


def test_oblique_cut_is_the_same_wherever_the_screen_lies(drawn_by_kernels, volume):
    cut = Oblique.of(volume.plane).tilted((0.0, 1.0, 0.0), 0.5, (9.0, 20.0, 22.0))
    whole = drawn(Viewport(volume.on(cut)), one_to_one(cut), ALL)
    width, height = cut.size_px
    part = drawn(Viewport(volume.on(cut)), View((width, height), (12, 10), (20.0, 25.0), 1.0), ALL)
    assert np.abs(part.astype(int) - whole[20:30, 14:26]).max() <= 1


def test_oblique_cut_shown_large_is_worked_out_no_finer_than_half_a_voxel(drawn_by_kernels, volume, monkeypatch):
    sizes = []
    reslice = drawn_by_kernels.reslice

    def counted(_, voxels, frame, size_px, smooth):
        sizes.append(size_px)
        return reslice(voxels, frame, size_px, smooth=smooth)

    monkeypatch.setattr(type(drawn_by_kernels), "reslice", counted)
    cut = Oblique.of(volume.plane).tilted((0.0, 1.0, 0.0), 0.5, (9.0, 20.0, 22.0))
    drawn(Viewport(volume.on(cut)), View(cut.size_px, (200, 160), (20.0, 24.0), 8.0), ALL)
    assert sizes == [(50, 40)], "25 x 20 voxels are seen"


def test_what_is_dragged_is_drawn_by_nearest_values_and_skips_none(volume):
    pixels = np.zeros((400, 1200), np.uint8)
    pixels[:, 600] = 255
    view = View((1200, 400), (900, 300), (600.0, 200.0), 0.72)
    assert drawn(Viewport(picture_of(pixels)), view, dragging=True)[150, :, 0].max() >= 100
    cut = Oblique.of(volume.plane).tilted((0.0, 1.0, 0.0), 0.5, (9.0, 20.0, 22.0))
    screen = drawn(Viewport(volume.on(cut)), one_to_one(cut), ALL, dragging=True)
    assert {26, 230} <= set(np.unique(screen[..., 0])) <= {13, 17, 21, 26, 230}, "voxels and the ground alone"


def test_heat_map_of_a_volume_is_cut_as_the_volume_is(drawn_by_kernels, volume):
    values = (volume.scan.pixels > 500).astype(np.float32)
    for cut in (volume.plane, Plane.across(volume.plane.grid, 2), Oblique.of(volume.plane)):
        plain = drawn(Viewport(volume.on(cut)), one_to_one(cut), ALL)
        hot = drawn(Viewport(volume.on(cut)), one_to_one(cut), ALL, heat=Heat(values, 1.0))
        changed = (plain != hot).any(axis=2)
        ball = plain[..., 0] > 128
        assert np.array_equal(changed, ball)


def test_slices_that_have_not_come_yet_are_not_drawn(volume):
    part = Picture.of_part(volume.scan, 8, 12)
    view = one_to_one(volume.plane)
    assert drawn(Viewport(part), view, ALL).max() > 200
    unread = drawn(Viewport(part.on(part.plane.at(14))), view, ALL)
    assert (unread == (255, 0, 255)).all()


def test_nothing_is_worked_out_again_where_nothing_has_changed(drawn_by_kernels, monkeypatch):
    pixels = np.random.default_rng(0).integers(0, 256, (60, 80), np.uint8)
    viewport, view = Viewport(picture_of(pixels)), View((80, 60), (80, 60), (40.0, 30.0), 1.0)
    first = drawn(viewport, view)
    monkeypatch.setattr(type(drawn_by_kernels), "show", None)
    assert np.array_equal(drawn(viewport, view), first)
