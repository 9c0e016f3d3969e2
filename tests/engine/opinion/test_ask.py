"""Second opinions from the study to the record."""

import numpy as np
import pytest
from PIL import Image

from engine.budget import Budget
from engine.domain.model_card import Effort, ModelCard
from engine.domain.outcome import Status
from engine.domain.request import NOTHING_ASKED, Request
from engine.opinion.settings import rule_for
from engine.prepare.layout import lay_out
from engine.registry.pack import pack
from engine.registry.sign import load_signing_key
from engine.store.outcomes import newest
from engine.store.verify import verify
from tests.engine.hand_clock import HandClock
from tests.engine.tiny_model import graph_of, picture, write_source
from tests.engine.workbench import Workbench

BY_TEMPLATE = '[bright-spots]\nby = "template"\nfolder = "golden"\nname = "{stem}.png"\n'
AGREED, MISSED = (20, 32), (52, 60)


@pytest.fixture
def site(spotted_home):
    """Its model flags bright spots; the template of `part.png` has none."""
    picture(spotted_home.root / "golden" / "part.png", spots=())
    spotted_home.second.write_text(BY_TEMPLATE)
    return spotted_home


def opinions(home, *found, request=NOTHING_ASKED, **options):
    with Workbench.open(home, threads=1) as workbench:
        workbench.bench.opinions.wanted = lambda model_id: rule_for(home, model_id)
        outcomes = [workbench.answer(one, request, **options).outcome for one in found]
        assert verify(workbench.store) is None
        kept = [one.outcome.opinion for one in reversed(newest(workbench.store, 10))]
        assert kept == [outcome.opinion for outcome in outcomes]
    return outcomes


def part(tmp_path, spots=(AGREED,), dim=()):
    """Bright spots, and dim ones that only the template tells."""
    found = picture(tmp_path / "part.png", spots=spots)
    pixels = np.array(Image.open(found.path))
    for y, x in dim:
        pixels[y : y + 6, x : x + 6] = 150
    Image.fromarray(pixels).save(found.path)
    return found


def test_a_template_that_shows_the_same_raises_no_doubt(site, tmp_path):
    (outcome,) = opinions(site, part(tmp_path))
    opinion = outcome.opinion
    assert (opinion.by, opinion.code, opinion.coverage, opinion.differs) == ("template", "", 1.0, False)
    assert opinion.name == str(site.root / "golden" / "part.png")
    assert [region.label for region in opinion.regions] == ["differs"]
    assert outcome.doubts == ()


def test_what_only_one_of_both_has_is_named_and_doubted(site, tmp_path):
    found = part(tmp_path, dim=(MISSED,))
    picture(site.root / "golden" / "part.png", spots=(AGREED,))
    (outcome,) = opinions(site, found)
    assert outcome.doubts == ("second-opinion-differs",)
    opinion = outcome.opinion
    assert (opinion.missing, opinion.alone) == ((0,), (0,))
    y, x = MISSED
    assert opinion.regions[0].box_px == (x - 3.0, y - 3.0, x + 9.0, y + 9.0)


def test_a_study_with_nothing_flagged_is_doubted_where_its_template_differs(site, tmp_path):
    (outcome,) = opinions(site, part(tmp_path, spots=(), dim=(MISSED,)))
    assert (outcome.reading, outcome.doubts) == ("nothing flagged", ("second-opinion-differs",))


def test_the_same_study_gets_the_same_second_opinion(site, tmp_path):
    found = part(tmp_path, dim=(MISSED,))
    first, second = opinions(site, found, found)
    assert first.opinion.regions == second.opinion.regions


def test_a_repeated_answer_is_asked_about_anew(site, tmp_path):
    found = part(tmp_path, dim=(MISSED,))
    request = Request(reuse=True)
    (first,) = opinions(site, found, request=request)
    picture(site.root / "golden" / "part.png", spots=(AGREED,))
    site.second.write_text(BY_TEMPLATE + "least_px = 500\n")
    (second,) = opinions_after(site, found, request)
    assert first.doubts == ("second-opinion-differs",)
    assert second.reused_from is not None
    assert second.opinion.missing == (0,)


def opinions_after(home, found, request):
    with Workbench.open(home, threads=1) as workbench:
        workbench.bench.opinions.wanted = lambda model_id: rule_for(home, model_id)
        return (workbench.answer(found, request).outcome,)


@pytest.mark.parametrize("missing", ["file", "form", "settings"])
def test_where_there_is_none_the_answer_stands_with_a_doubt(site, tmp_path, missing):
    golden = site.root / "golden" / "part.png"
    if missing == "file":
        golden.unlink()
    elif missing == "form":
        picture(golden, size=(70, 91), spots=())
    else:
        site.second.write_text("[bright-spots]\n")
    (outcome,) = opinions(site, part(tmp_path))
    assert (outcome.status, outcome.doubts) == (Status.ANSWERED, ("second-opinion-failed",))
    assert missing == "settings" or outcome.opinion.code == "OD-TEMPLATE"


def test_a_template_of_another_part_is_none(site, tmp_path):
    picture(site.root / "golden" / "part.png", spots=[(y, x) for y in range(0, 64, 8) for x in range(0, 88, 8)])
    (outcome,) = opinions(site, part(tmp_path))
    assert outcome.opinion.code == "OD-TEMPLATE"
    assert outcome.opinion.regions == ()


def test_a_second_opinion_for_which_no_time_is_left_is_skipped_by_name(site, tmp_path, monkeypatch):
    clock = HandClock()
    found = part(tmp_path)
    with Workbench.open(site, threads=1, clock=clock) as workbench:

        def wanted(model_id):
            clock.pass_s(11.0)
            return rule_for(site, model_id)

        workbench.bench.opinions.wanted = wanted
        outcome = workbench.answer(found, budget=Budget(10.0, clock)).outcome
    assert (outcome.status, outcome.flagged) == (Status.ANSWERED, True)
    assert outcome.doubts == ("second-opinion-skipped",)
    assert (outcome.opinion.code, outcome.opinion.coverage) == ("BU-TIME", 0.0)


def test_another_model_on_the_shelf_is_asked(spotted_home, tmp_path):
    source = write_source(tmp_path / "keen")
    manifest = (source / "manifest.toml").read_text().replace("bright-spots", "keen-spots")
    (source / "manifest.toml").write_text(manifest)
    (source / "model.onnx").write_bytes(graph_of(bias=-8.0))
    pack(source, spotted_home.models / "keen-spots", load_signing_key(tmp_path / "maker.key"))
    spotted_home.second.write_text('[bright-spots]\nby = "model"\nmodel = "keen-spots"\n')
    (outcome,) = opinions(spotted_home, part(tmp_path, dim=(MISSED,)), request=Request("bright-spots"))
    opinion = outcome.opinion
    assert (opinion.name, opinion.backend, opinion.coverage) == ("keen-spots 1.0.0", outcome.backend, 1.0)
    assert (len(outcome.regions), len(opinion.regions)) == (1, 2)
    assert opinion.missing == ()
    assert len(opinion.alone) == 1


def test_a_model_that_is_not_there_is_a_doubt(spotted_home, tmp_path):
    spotted_home.second.write_text('[bright-spots]\nby = "model"\nmodel = "gone"\n')
    (outcome,) = opinions(spotted_home, part(tmp_path))
    assert (outcome.doubts, outcome.opinion.code) == (("second-opinion-failed",), "US-MODEL")


def test_a_model_that_looks_again_sees_the_whole_study_in_one_mirror(spotted_home, tmp_path, monkeypatch):
    effort = Effort("full", 0.25, ("",), ("x", "y", "yx"), 0.5)
    monkeypatch.setattr(ModelCard, "effort", lambda _card, _name: effort)
    laid_out = []
    monkeypatch.setattr("engine.stages.lay_out", lambda *given: laid_out.append(lay_out(*given)) or laid_out[-1])
    spotted_home.second.write_text('[bright-spots]\nby = "flips"\n')
    (outcome,) = opinions(spotted_home, part(tmp_path, spots=(AGREED, (8, 40))))
    assert outcome.opinion.coverage == 1.0
    assert [(layout.flips, layout.again_flips) for layout in laid_out] == [(("",), ("x", "y", "yx")), (("x",), ())]


def test_the_model_sees_the_study_in_the_mirror(spotted_home, tmp_path):
    spotted_home.second.write_text('[bright-spots]\nby = "flips"\n')
    (outcome,) = opinions(spotted_home, part(tmp_path, spots=(AGREED, (8, 40))))
    opinion = outcome.opinion
    assert (opinion.by, opinion.name, opinion.differs) == ("flips", "bright-spots 1.0.0", False)
    assert [region.box_px for region in opinion.regions] == [region.box_px for region in outcome.regions]
