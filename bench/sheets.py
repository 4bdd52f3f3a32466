"""What reading a ledger of 20,000 agreements costs: seconds, and memory at its highest.

An xlsx as an office keeps it: ten columns, several partners in a cell, days in many forms, a
section and a subtotal every fifty lines. It is read in a process of its own, so that making it does
not count. Told is processor time: on a busy machine the time that passes follows the other work.
Reading and dry run together have 20 s and 400 MB.
"""

import multiprocessing
import random
import resource
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter

from sheetreader.agreements import read
from sheetreader.columns import chosen, guess
from sheetreader.layout import layouts_of
from sheetreader.results import Table
from sheetreader.workbook import open_workbook

ROWS = 20_000
GOAL_S, GOAL_MB = 20, 400
HEADINGS = [
    "연번",
    "협약명",
    "협약기관",
    "체결일",
    "유효기간",
    "담당부서",
    "담당자(연락처)",
    "목적",
    "결재문서번호",
    "비고",
]
DAYS = ("%Y-%m-%d", "%Y. %m. %d.", "%y.%m.%d", "'%y.%m월", "%Y년 %m월 %d일", "%Y/%m/%d", "%Y년")
TERMS = (
    "3년",
    "체결일로부터 2년",
    "3년(자동연장)",
    "목적 달성 시까지",
    "무기한",
    "-",
    "",
    "2024.1.1.~2026.12.31.",
)


def main(rounds: int | None) -> int:
    """Read one ledger as often as is asked, each time in a fresh process."""
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(folder) / "ledger.xlsx"
        write_ledger(ledger, ROWS)
        told = f"{ROWS:,} agreements, {ledger.stat().st_size / 2**20:.1f} MB"
        print(f"made a ledger of {told}", flush=True)
        took: list[tuple[float, float]] = []
        with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
            for _ in range(rounds or 3):
                seconds, megabytes, taken = pool.apply(measured, (str(ledger),))
                print(f"{seconds:6.1f} s {megabytes:6.0f} MB, {taken:,} taken", flush=True)
                took.append((seconds, megabytes))
    seconds, megabytes = min(each for each, _ in took), max(each for _, each in took)
    is_met = seconds <= GOAL_S and megabytes <= GOAL_MB
    print(
        f"sheets: {ROWS:,} agreements read in {seconds:.1f} s (best of {len(took)}), at most"
        f" {megabytes:.0f} MB; goal with the dry run <= {GOAL_S} s, {GOAL_MB} MB:"
        f" {'ok' if is_met else 'short'}"
    )
    return 0 if is_met else 1


def measured(path: str) -> tuple[float, float, int]:
    """Read a ledger in this process: seconds of it, its memory at the highest, how many taken."""
    began = time.process_time()
    book = open_workbook(Path(path).read_bytes(), "ledger.xlsx")
    tables = [
        Table(layout, chosen(guess(layout)))
        for sheet in book.sheets
        for layout in layouts_of(sheet)
    ]
    taken = sum(1 for line in read(tables) if line.action == "take")
    seconds = time.process_time() - began
    per_megabyte = 2**20 if sys.platform == "darwin" else 2**10
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / per_megabyte, taken


def write_ledger(path: Path, rows: int) -> None:
    """Write a ledger, the same at every run."""
    chance = random.Random(1)
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("협약현황")
    sheet.write("A1", "업무협약(MOU) 체결 현황")
    sheet.write_row("A3", HEADINGS)
    line = 3
    for number in range(rows):
        if number % 50 == 0:
            sheet.write(line, 0, f"Ⅰ-{number // 50}. 분야")
            line += 1
        on = date(2010, 1, 1) + timedelta(days=chance.randrange(5500))
        names = [f"㈜가온{chance.randrange(3000)}" for _ in range(chance.randrange(1, 5))]
        more = " 외 3개사" if chance.random() < 0.1 else ""
        sheet.write_row(
            line,
            0,
            [
                number % 50 + 1,
                f"{number}번째 협력 분야 상생발전 업무협약",
                ", ".join(names) + more,
                on.strftime(chance.choice(DAYS)),
                chance.choice(TERMS),
                f"{chance.randrange(60)}정책과",
                f"홍길동(062-000-{chance.randrange(10_000):04d})",
                "서로의 발전을 위하여 정보와 사람을 나누고 함께 일한다.",
                f"총무과-{number}",
                "",
            ],
        )
        line += 1
        if number % 50 == 49:
            sheet.write_row(line, 0, ["소계", "", "50건"])
            line += 1
    book.close()
