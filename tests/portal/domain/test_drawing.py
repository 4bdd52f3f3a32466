"""Every label of a picture can be read: no box lies on another, none is cut, and none jumps."""

from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ieum_portal.domain.drawing import (
    EMPTY,
    MOST_LINES,
    WIDEST_LINE_EM,
    Drawing,
    draw,
    width_em,
    wrap,
)
from ieum_portal.domain.network import Edge, Node


def node(number: int, x: float, y: float, label: str = "메타버스 융합신산업 특화센터 구축") -> Node:
    return Node(str(number), "task", label, x, y)


def edge(one: int, other: int) -> Edge:
    return Edge("uses", str(one), str(other))


def overlaps(drawing: Drawing) -> list[tuple[str, str]]:
    return [
        (one.id, other.id)
        for one, other in combinations(drawing.boxes, 2)
        if abs(one.x - other.x) < (one.width + other.width) / 2
        and abs(one.y - other.y) < (one.height + other.height) / 2
    ]


def test_nothing_gives_an_empty_picture() -> None:
    assert draw((), ()) == EMPTY


@pytest.mark.parametrize("count", [1, 2, 3, 8, 40])
def test_things_on_one_spot_are_parted(count: int) -> None:
    drawing = draw([node(each, 0, 0) for each in range(count)], ())

    assert len(drawing.boxes) == count
    assert overlaps(drawing) == []


@given(
    places=st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 1000)), min_size=2, max_size=25),
    joined=st.lists(st.tuples(st.integers(0, 24), st.integers(0, 24)), max_size=25),
)
def test_no_label_lies_on_another_and_all_are_inside(
    places: list[tuple[int, int]], joined: list[tuple[int, int]]
) -> None:
    nodes = [node(number, x, y) for number, (x, y) in enumerate(places)]

    drawing = draw(nodes, [edge(one, other) for one, other in joined])

    assert overlaps(drawing) == []
    for box in drawing.boxes:
        assert box.left >= 0
        assert box.top >= 0
        assert box.left + box.width <= drawing.width
        assert box.top + box.height <= drawing.height
        assert box.baseline(len(box.lines) - 1) < box.top + box.height


def test_the_same_network_gives_the_same_picture() -> None:
    draws = Random(7)
    nodes = [node(each, draws.random(), draws.random()) for each in range(30)]
    edges = [edge(draws.randrange(30), draws.randrange(30)) for _ in range(40)]

    assert draw(nodes, edges) == draw(nodes, edges)


def test_a_box_is_pushed_off_a_line_that_is_not_its_own() -> None:
    nodes = [
        node(0, 0, 0, "왼쪽"),
        node(1, 1000, 0, "오른쪽"),
        node(2, 500, 1, "사이"),
        node(3, 500, 900),
    ]

    drawing = draw(nodes, [edge(0, 1)])

    (line,) = drawing.lines
    between = next(box for box in drawing.boxes if box.id == "2")
    slope = (line.y2 - line.y1) / (line.x2 - line.x1)
    at_box = line.y1 + slope * (between.x - line.x1)
    assert abs(between.y - at_box) >= between.height / 2


def test_lines_to_things_that_are_not_shown_are_left_out() -> None:
    drawing = draw([node(0, 0, 0), node(1, 1, 1)], [edge(0, 1), edge(0, 9)])

    assert len(drawing.lines) == 1
    assert [box.degree for box in drawing.boxes] == [1, 1]


def test_lines_end_at_the_middle_of_their_boxes() -> None:
    drawing = draw([node(0, 0, 0), node(1, 1, 1)], [edge(0, 1)])

    one, other = drawing.boxes
    (line,) = drawing.lines
    assert (line.x1, line.y1, line.x2, line.y2) == (one.x, one.y, other.x, other.y)


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        ("네이버", ("네이버",)),
        ("", ()),
        ("메타버스 원천·융합 핵심기술 개발", ("메타버스 원천·융합", "핵심기술 개발")),
        ("글로벌창업개발원협동조합지원센터", ("글로벌창업개발원협동조", "합지원센터")),
    ],
)
def test_labels_break_between_words_where_they_can(label: str, lines: tuple[str, ...]) -> None:
    assert wrap(label) == lines


@given(st.text(st.sampled_from("가나 다Ab. 힣"), max_size=120))
def test_no_line_is_wider_than_its_box_and_no_label_higher(label: str) -> None:
    lines = wrap(label)

    assert len(lines) <= MOST_LINES
    assert all(width_em(line) <= WIDEST_LINE_EM for line in lines)


def test_a_label_that_is_cut_says_so() -> None:
    assert wrap("메타버스 산업 연계형 창의 인재양성과 " * 3)[-1].endswith("…")
    assert not wrap("메타버스 산업 연계형 창의 인재양성")[-1].endswith("…")
