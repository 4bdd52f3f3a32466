"""How well look-alikes are told from others, on pairs of real names that people have labelled.

`bench/data/organisation-pairs.csv` holds pairs of partners' names as public articles spell them
(what is the same: how the list's partner stood in the article, or another spelling met) and hard
ones that are not: partners of the same list whose names are alike by jamo, misprints for another
organisation, a university and its 산학협력단 or 학교법인, a branch, a union. Names alone are held
against each other: no number, alias or website helps. splink is no yardstick here: it wants several
fields and thousands of records to learn from, and has one name to go by.
"""

import csv
from collections import Counter
from pathlib import Path

from ieum_registry.domain.likeness import Named, likeness, score_of

PAIRS = Path(__file__).parent / "data" / "organisation-pairs.csv"
GOAL_PRECISION, GOAL_RECALL = 0.98, 0.85
THRESHOLDS = (98, 95, 92, 90, 85, 80)
"""Scores from which two are asked about; the last is the one chosen (`likeness.NEAR`)."""


def main(rounds: int | None = None) -> int:  # noqa: ARG001  Nothing is timed.
    """Print precision and recall at each threshold, and which kinds are missed or wrong."""
    with PAIRS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    scores = [score_of(likeness(Named(each["one"]), Named(each["other"]))) for each in rows]
    precision = recall = 0.0
    for threshold in THRESHOLDS:
        told = [score >= threshold for score in scores]
        right = sum(each["same"] == "1" and found for each, found in zip(rows, told, strict=True))
        same = sum(each["same"] == "1" for each in rows)
        precision, recall = right / max(sum(told), 1), right / same
        print(f"from {threshold}: precision {precision:.3f}, recall {recall:.3f}")
    missed = Counter(
        each["kind"]
        for each, score in zip(rows, scores, strict=True)
        if each["same"] == "1" and not score
    )
    for each, score in zip(rows, scores, strict=True):
        if (each["same"] == "1") != bool(score):
            print(f"{'missed' if not score else 'wrong'}: {each['one']} / {each['other']}")
    is_well = precision >= GOAL_PRECISION and recall >= GOAL_RECALL
    print(
        f"duplicates: {len(rows)} pairs, precision {precision:.3f}, recall {recall:.3f}, missed"
        f" {dict(missed)}; goal {GOAL_PRECISION} and {GOAL_RECALL}: {'ok' if is_well else 'short'}"
    )
    return 0 if is_well else 1
