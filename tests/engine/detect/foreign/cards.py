"""Cards and tiles for the tests of heads."""

from engine.detect.foreign.table import BUILT_IN
from engine.domain.model_card import HeadSpec, InputSpec
from tests.engine.tiny_model import card_with


def card_of(kind, *, labels=("spot", "scratch"), tile=(64, 96), batch=2, stride=32, unsure=0.05, **options):
    """A card with that head, whose options are complete as those of a manifest are."""
    head = BUILT_IN[kind]
    return card_with(
        labels=labels,
        input=InputSpec(1, tile, batch, None, 0.0, 1.0, (0.0,), (1.0,)),
        head=HeadSpec(kind, stride, 0.5, 50, dict(head.defaults) | options),
        unsure_threshold=unsure,
    )
