"""The order of the slices."""

from engine.intake.isolated.order import Order


def taken(order, places):
    ranges = []
    while order.left:
        ranges.append(order.take(places))
    return ranges


def test_from_the_first_slice_on_they_come_in_their_order():
    assert taken(Order(7), 3) == [range(3), range(3, 6), range(6, 7)]


def test_from_the_middle_they_come_from_both_sides_by_turns():
    assert taken(Order(10, 5), 2) == [range(5, 7), range(3, 5), range(7, 9), range(1, 3), range(9, 10), range(1)]


def test_every_slice_is_taken_once_wherever_they_begin():
    for first in range(6):
        numbers = [number for part in taken(Order(6, first), 2) for number in part]
        assert sorted(numbers) == list(range(6))
        assert numbers[0] == first


def test_what_is_there_has_no_gap():
    order = Order(10, 5)
    up, down = order.take(2), order.take(2)
    order.arrive(up)
    assert order.arrived == (5, 7)
    order.arrive(down)
    assert order.arrived == (3, 7)
