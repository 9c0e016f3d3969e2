import pytest

torch = pytest.importorskip("torch", reason="training needs the extra learn")

from engine.learn.networks import Detector, NetworkShape  # noqa: E402  after the skip

pytestmark = pytest.mark.learn


@pytest.mark.parametrize(("stride", "blocks"), [(4, (1, 0)), (2, (1, 1, 0))])
@pytest.mark.parametrize("size", [(48, 64), (16, 24, 32)])
def test_the_answer_lies_on_the_grid_asked_for(stride: int, blocks: tuple[int, ...], size: tuple[int, ...]) -> None:
    network = Detector(NetworkShape(len(size), 1, 2, (4, 8, 8), blocks, 8, stride)).eval()
    heat, box = network(torch.zeros(1, 1, *size))
    grid = [side // stride for side in size]
    assert list(heat.shape) == [1, 2, *grid]
    assert list(box.shape) == [1, 2 * len(size), *grid]


@pytest.mark.parametrize(("stride", "blocks"), [(4, (1, 0)), (2, (1, 1, 0))])
def test_an_untrained_network_draws_boxes_of_sixteen_pixels_whatever_its_grid(
    stride: int, blocks: tuple[int, ...]
) -> None:
    network = Detector(NetworkShape(2, 1, 1, (4, 8, 8), blocks, 8, stride))
    with torch.no_grad():
        network.box.weight.zero_()
    _, box = network.eval()(torch.zeros(1, 1, 32, 32))
    assert box.detach().numpy() == pytest.approx(8.055, abs=0.001)


@pytest.mark.parametrize("layout", [torch.contiguous_format, torch.channels_last_3d])
def test_the_heads_of_a_volume_are_its_convolutions(layout: torch.memory_format) -> None:
    torch.manual_seed(1)
    network = Detector(NetworkShape(3, 1, 2, (4, 8, 8), (1, 1), 8)).to(memory_format=layout).train()
    for head in (network.heat, network.box, network.mask):
        torch.nn.init.normal_(head.weight, std=0.1)
    image = torch.randn(2, 1, 16, 24, 32).to(memory_format=layout)
    heat, box, mask = network.raw(image)
    features = network.pyramid(image)
    tower = network.box_tower(features)
    assert heat.detach().numpy() == pytest.approx(network.heat(network.heat_tower(features)).detach().numpy(), abs=1e-4)
    assert mask.detach().numpy() == pytest.approx(network.mask(tower).detach().numpy(), abs=1e-4)
    assert torch.log(box / 4).detach().numpy() == pytest.approx(network.box(tower).detach().numpy(), abs=1e-4)


def test_a_network_on_stride_4_has_the_weights_it_always_had() -> None:
    names = set(Detector(NetworkShape(2, 3, 1, (4, 8, 8), (1, 1), 8)).state_dict())
    assert not [name for name in names if "fine" in name]
    assert {"pyramid.stem.conv.weight", "pyramid.narrow.1.conv.weight", "pyramid.mix.0.conv.weight"} <= names
    assert "pyramid.mix.1.conv.weight" not in names
