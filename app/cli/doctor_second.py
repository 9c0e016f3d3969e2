"""What `fovea doctor` says about second opinions: whether what `second.toml` asks for can be had here."""

from __future__ import annotations

from app.cli.activating import standing_at
from app.cli.finding import Finding
from engine.domain.activation import Standing
from engine.errors import FoveaError
from engine.intake.forms import has_image_suffix
from engine.opinion.settings import OpinionRule, read_rules
from engine.places import Home
from engine.registry.shelf import Shelf

_STEP = "Correct second.toml of the home, see docs/second-opinions.md; until then each study of that model has a doubt."


def second_findings(home: Home) -> list[Finding]:
    """A finding for each rule; one alone where the file cannot be used, none where there is no file.

    Nothing here is needed for an answer, so nothing is a lack: a study whose second opinion fails says so itself.
    """
    try:
        rules = read_rules(home)
        if not rules:
            return []
        shelf, standing = Shelf.of(home), standing_at(home)
    except FoveaError as error:
        return [Finding("second opinions", "note", error.message, error.next_step)]
    return [_finding(model_id, rule, shelf, standing) for model_id, rule in rules.items()]


def _finding(model_id: str, rule: OpinionRule, shelf: Shelf, standing: Standing) -> Finding:
    what = f"second opinion on {model_id}"
    if all(package.card.id != model_id for package in shelf.packages):
        return Finding(what, "note", f"no model '{model_id}' is installed, so nobody is ever asked", _STEP)
    if rule.by == "model":
        why = _why_no_model(rule.model, shelf, standing)
        return Finding(what, "note", why, _STEP) if why else Finding(what, "ok", f"of {rule.model}")
    if rule.by == "template":
        return _templates(what, rule)
    return Finding(what, "ok", "of the same model, in the mirror")


def _why_no_model(name: str, shelf: Shelf, standing: Standing) -> str:
    """Empty where a model of that name would answer."""
    try:
        found = shelf.named(name)
    except FoveaError as error:
        return error.message
    if any(package.card.name == name for package in found) or shelf.answering(name, standing):
        return ""
    return f"of '{name}' no version was activated, so it answers nothing"


def _templates(what: str, rule: OpinionRule) -> Finding:
    try:
        count = sum(has_image_suffix(path) for path in rule.folder.iterdir())
    except OSError as error:
        return Finding(what, "note", f"the templates in {rule.folder} cannot be listed: {error.strerror}", _STEP)
    if not count:
        return Finding(what, "note", f"there is no image in {rule.folder}", _STEP)
    return Finding(what, "ok", f"{count} templates in {rule.folder}")
