"""Pictures of the Models and Monitor pages with something to show: versions of a tiny model, and a lamp that failed."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from app.jobs.changing_models import Judged, Means, ask_gate, begin_shadow, bring_in
from app.jobs.engine_room import EngineRoom
from app.jobs.run import Task
from app.state.pages import Page
from app.state.session import Trouble
from app.views.models_page import ModelsPage
from app.views.monitor_page import MonitorPage
from app.views.page import PageFrame
from app.wiring.desktop import Desktop
from engine.budget import Budget
from engine.monitor.notice import notice
from engine.operators.session import single_operator
from engine.places import Home
from engine.registry.imports import Step
from engine.registry.pack import pack
from engine.registry.shelf import Shelf
from engine.registry.sign import load_signing_key, make_key_pair
from engine.store.database import open_store
from tests.app.two_cameras import fill_weeks
from tests.engine.registry.releases import packed, state_requirements
from tests.engine.tiny_model import write_source

Take = Callable[[Desktop, str], None]
"""Takes the pictures of what the window shows, under a name."""


def shoot_models_and_monitor(take: Take, wait: Callable[[Callable[[], bool]], None], fail: Callable[..., None]) -> None:
    """Takes each state of both pages, in both themes.

    Args:
        take: what takes a picture.
        wait: lets the window work until something is so.
        fail: told of what must not happen.
    """
    with tempfile.TemporaryDirectory() as scratch:
        home = Home(Path(scratch) / "home").make()
        judged = _furnish(home, Path(scratch))
        desktop = Desktop(EngineRoom(home), fail)
        try:
            desktop.window.show()
            wait(lambda: desktop.parts.who.session is not None)
            for theme in ("dark", "light"):
                desktop.parts.preferred.set(theme=theme)
                _shoot_models(desktop, judged, theme, take, wait)
                _shoot_monitor(desktop, theme, take, wait)
        finally:
            desktop.window.close()


def _shoot_models(
    desktop: Desktop, judged: Judged, theme: str, take: Take, wait: Callable[[Callable[[], bool]], None]
) -> None:
    desktop.parts.pages.show(Page.MODELS)
    page = desktop.window.pages.currentWidget()
    assert isinstance(page, ModelsPage)
    wait(lambda: page.chosen is not None)
    model = page.list.model()
    versions = [(model.index(row, 0).data(), model.index(row, 1).data()) for row in range(model.rowCount())]
    page.list.selectRow(versions.index(("bright-spots", "1.1.0")))
    page.show_judged(judged)
    page.show_trouble(judged.refused)
    take(desktop, f"models-gate-{theme}")
    page.show_trouble(None)
    for tab, name in enumerate(("card", "import", "", "shadow", "history")):
        if name == "shadow":
            page.list.selectRow(versions.index(("bright-spots", "1.2.0")))
        page.pane.tabs.setCurrentIndex(tab)
        if name:
            take(desktop, f"models-{name}-{theme}")
    page.importing.begin(Path("bright-spots-1.3.0.zip"))
    page.show_work("Importing bright-spots-1.3.0.zip...")
    page.importing.add(Step("signature", True, "signed by a trusted key (ed25519 5f3a...)"))
    page.importing.add(Step("files", True, "7 files, 812344 bytes, each as its maker packed it"))
    take(desktop, f"models-importing-{theme}")
    page.show_work("")
    page.importing.refuse(Trouble("MD-UNSIGNED", "The package bright-spots-1.3.0.zip is refused: not signed."))
    take(desktop, f"models-unsigned-{theme}")
    page.importing.hide()


def _shoot_monitor(desktop: Desktop, theme: str, take: Take, wait: Callable[[Callable[[], bool]], None]) -> None:
    desktop.parts.pages.show(Page.MONITOR)
    page = desktop.window.pages.currentWidget()
    assert isinstance(page, MonitorPage)
    wait(lambda: isinstance(page, PageFrame) and not page.is_reading and bool(page.drift.plots.cards))
    page.tabs.setCurrentIndex(0)
    take(desktop, f"monitor-figures-{theme}")
    page.look_at_sources()
    take(desktop, f"monitor-sources-{theme}")


def _furnish(home: Home, scratch: Path) -> Judged:
    """A home with three versions of a model, one refused by the gate, one a shadow; and ten weeks of two cameras."""
    (home.keys / "trusted").mkdir(parents=True)
    make_key_pair(scratch / "maker.key", home.keys / "trusted" / "maker.pub")
    pack(write_source(scratch / "source"), home.models / "bright-spots", load_signing_key(scratch / "maker.key"))
    state_requirements(home)
    fill_weeks(home)
    me, task, means = single_operator(), Task(Budget(), lambda _: None), Means("onnx-cpu", 1)
    with open_store(home) as store:
        notice(store)
        for version, bias in (("1.1.0", -20.5), ("1.2.0", -14.5)):
            bring_in(store, me, packed(scratch, version, bias=bias), "", means, task)
        cards = {package.card.version: package.card for package in Shelf.of(home).named("bright-spots")}
        begin_shadow(store, me, cards["1.2.0"].hash)
        return ask_gate(store, me, cards["1.1.0"].hash, means, task)
