"""Where the boxes and lines of a network picture go, so that every label can be read.

The graph service says where things lie towards each other; it knows nothing of type. Here its
positions are stretched to a wide rectangle, each label is set in a box of its own, and boxes that
overlap are pushed apart. The same answer gives the same picture, always.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from math import cos, hypot, pi, sin, sqrt
from unicodedata import east_asian_width

from ieum_portal.domain.network import Edge, Node

FONT_SIZE = 13
LINE_HEIGHT = 18
WIDEST_LINE_EM = 10.5
MOST_LINES = 4
PADDING_X, PADDING_Y = 10, 6
GAP = 16
MARGIN = 12
ASPECT = 1.7
ROOM = 2.6
"""How many times the boxes' own area the picture has at first: air for the lines."""

MOST_ROUNDS = 400
MOST_STEPS = 600_000
"""About a third of a second of pushing; the biggest picture gets a few rounds only."""

CLEARANCE = 6


@dataclass(frozen=True, slots=True)
class Box:
    """A node with its label, placed by its centre, in pixels."""

    id: str
    kind: str
    label: str
    lines: tuple[str, ...]
    x: float
    y: float
    width: float
    height: float
    degree: int

    @property
    def left(self) -> float:
        """Where the box begins."""
        return self.x - self.width / 2

    @property
    def top(self) -> float:
        """Where the box begins."""
        return self.y - self.height / 2

    def baseline(self, line: int) -> float:
        """Give the height at which a line's text stands, counted from 0."""
        above = self.y - len(self.lines) * LINE_HEIGHT / 2
        return above + line * LINE_HEIGHT + LINE_HEIGHT * 0.72


@dataclass(frozen=True, slots=True)
class Line:
    """An edge between two boxes' centres; the boxes are drawn over it."""

    kind: str
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture of so many pixels; without boxes there is nothing to show."""

    width: int
    height: int
    boxes: tuple[Box, ...] = ()
    lines: tuple[Line, ...] = ()


EMPTY = Drawing(0, 0)


def draw(nodes: Sequence[Node], edges: Sequence[Edge]) -> Drawing:
    """Lay out a network.

    Edges to things that are not among the nodes are left out. How many nodes make a picture that
    can still be read is the graph's to say: it leaves out the rest.

    Returns:
        EMPTY for no nodes.
    """
    if not nodes:
        return EMPTY
    known = {node.id for node in nodes}
    drawn = [edge for edge in edges if edge.source in known and edge.target in known]
    boxes = _apart(_spread([_box(node, _degree(node, drawn)) for node in nodes]), drawn)
    return _framed(boxes, drawn)


def wrap(text: str) -> tuple[str, ...]:
    """Break a label into lines, between words where it can; what does not fit ends in `…`."""
    lines: list[str] = []
    rest = text.split()
    while rest:
        line = rest.pop(0)
        while rest and width_em(f"{line} {rest[0]}") <= WIDEST_LINE_EM:
            line = f"{line} {rest.pop(0)}"
        if width_em(line) > WIDEST_LINE_EM:
            cut = _fitting(line)
            rest.insert(0, line[cut:])
            line = line[:cut]
        lines.append(line)
    if len(lines) > MOST_LINES:
        last = lines[MOST_LINES - 1]
        lines = [*lines[: MOST_LINES - 1], f"{last[: _fitting(last + '…') - 1]}…"]
    return tuple(lines)


def width_em(text: str) -> float:
    """Estimate how wide a text runs, in its own size; a little too wide rather than too narrow."""
    return sum(_character_em(each) for each in text)


def _character_em(character: str) -> float:
    if character == " ":
        return 0.28
    if east_asian_width(character) in "WF":
        return 0.92
    return 0.7 if character.isupper() else 0.57


def _fitting(text: str) -> int:
    """Count the characters that fit on a line, at least one."""
    run = 0.0
    for count, character in enumerate(text):
        run += _character_em(character)
        if run > WIDEST_LINE_EM:
            return max(1, count)
    return len(text)


def _degree(node: Node, edges: Sequence[Edge]) -> int:
    return sum(node.id in (edge.source, edge.target) for edge in edges)


def _box(node: Node, degree: int) -> Box:
    lines = wrap(node.label) or ("–",)
    width = max(width_em(line) for line in lines) * FONT_SIZE + 2 * PADDING_X
    height = len(lines) * LINE_HEIGHT + 2 * PADDING_Y
    return Box(node.id, node.kind, node.label, lines, node.x, node.y, width, height, degree)


def _spread(boxes: list[Box]) -> list[Box]:
    """Stretch the given positions to a rectangle with room for all boxes.

    Things that all lie on one spot or one line are first set on a ring.
    """
    left, right = min(box.x for box in boxes), max(box.x for box in boxes)
    top, bottom = min(box.y for box in boxes), max(box.y for box in boxes)
    if len(boxes) > 1 and (right - left < 1e-9 or bottom - top < 1e-9):
        turn = 2 * pi / len(boxes)
        ring = [
            replace(box, x=cos(turn * place), y=sin(turn * place))
            for place, box in enumerate(boxes)
        ]
        return _spread(ring) if len(boxes) > 2 else _side_by_side(boxes)
    area = sum((box.width + GAP) * (box.height + GAP) for box in boxes) * ROOM
    high = sqrt(area / ASPECT)
    wide = high * ASPECT
    across, down = right - left or 1.0, bottom - top or 1.0
    return [
        replace(box, x=(box.x - left) / across * wide, y=(box.y - top) / down * high)
        for box in boxes
    ]


def _side_by_side(boxes: Sequence[Box]) -> list[Box]:
    """Set two boxes side by side."""
    apart = (boxes[0].width + boxes[1].width) / 2 + 4 * GAP
    return [replace(boxes[0], x=0.0, y=0.0), replace(boxes[1], x=apart, y=0.0)]


def _apart(boxes: list[Box], edges: Sequence[Edge]) -> list[Box]:
    """Push boxes apart where they overlap, and off lines that have nothing to do with them.

    A box that lay on a stranger's line would seem to be joined by it. The rounds are bounded: what
    they cannot part is drawn as it is, boxes over lines.
    """
    place = {box.id: number for number, box in enumerate(boxes)}
    ends = [(place[edge.source], place[edge.target]) for edge in edges]
    rounds = min(MOST_ROUNDS, MOST_STEPS // max(1, len(boxes) * (len(boxes) + len(ends))))
    at = [(box.x, box.y) for box in boxes]
    for _ in range(max(1, rounds)):
        moved = _part_boxes(boxes, at)
        moved |= _clear_lines(boxes, at, ends)
        if not moved:
            break
    _part_all(boxes, at)
    return [replace(box, x=x, y=y) for box, (x, y) in zip(boxes, at, strict=True)]


def _part_all(boxes: Sequence[Box], at: list[tuple[float, float]]) -> None:
    """Leave no two boxes upon each other, whatever the lines want: labels come first."""
    for _ in range(MOST_ROUNDS):
        if not _part_boxes(boxes, at):
            return


def _part_boxes(boxes: Sequence[Box], at: list[tuple[float, float]]) -> bool:
    """Push each overlapping pair apart once, the shorter way; says whether any was."""
    moved = False
    for one, other in combinations(range(len(boxes)), 2):
        (x1, y1), (x2, y2) = at[one], at[other]
        over_x = (boxes[one].width + boxes[other].width) / 2 + GAP - abs(x1 - x2)
        over_y = (boxes[one].height + boxes[other].height) / 2 + GAP - abs(y1 - y2)
        if over_x <= 0.01 or over_y <= 0.01:
            continue
        moved = True
        if over_x < over_y:
            way = over_x / 2 if x1 < x2 else -over_x / 2
            at[one], at[other] = (x1 - way, y1), (x2 + way, y2)
        else:
            way = over_y / 2 if y1 < y2 else -over_y / 2
            at[one], at[other] = (x1, y1 - way), (x2, y2 + way)
    return moved


def _clear_lines(
    boxes: Sequence[Box], at: list[tuple[float, float]], ends: Sequence[tuple[int, int]]
) -> bool:
    """Push each box off the lines that pass under it, once; says whether any was."""
    moved = False
    for (start, end), number in product(ends, range(len(boxes))):
        if number in (start, end):
            continue
        (x1, y1), (x2, y2), (x, y) = at[start], at[end], at[number]
        length = hypot(x2 - x1, y2 - y1)
        if length < 1:
            continue
        east, south = (x2 - x1) / length, (y2 - y1) / length
        along = (x - x1) * east + (y - y1) * south
        if not 0 < along < length:
            continue
        off = (y - y1) * east - (x - x1) * south  # To which side, and how far, its centre lies.
        reach = (abs(south) * boxes[number].width + abs(east) * boxes[number].height) / 2
        short = reach + CLEARANCE - abs(off)
        if short <= 0.01:
            continue
        moved = True
        way = short / 2 if off >= 0 else -short / 2
        at[number] = (x - south * way, y + east * way)
    return moved


def _framed(boxes: Sequence[Box], edges: Sequence[Edge]) -> Drawing:
    left, top = min(box.left for box in boxes), min(box.top for box in boxes)
    placed = [
        replace(box, x=round(box.x - left + MARGIN, 1), y=round(box.y - top + MARGIN, 1))
        for box in boxes
    ]
    at: Mapping[str, Box] = {box.id: box for box in placed}
    lines = tuple(
        Line(
            edge.kind,
            at[edge.source].x,
            at[edge.source].y,
            at[edge.target].x,
            at[edge.target].y,
        )
        for edge in edges
    )
    width = max(box.left + box.width for box in placed) + MARGIN
    height = max(box.top + box.height for box in placed) + MARGIN
    return Drawing(round(width), round(height), tuple(placed), lines)
