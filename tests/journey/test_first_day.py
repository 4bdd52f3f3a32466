"""An office's first day: from an empty home to its own ledger, with nobody at a shell but to start.

The ledger is a real one's public part, as untidy as offices keep it. What a practised hand needs
is reckoned from what is pressed, pointed at and decided: see `Hand`.
"""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.document_files import pdf
from tests.journey.conftest import House, free_base
from tests.journey.test_invitation import choose, link_to, sign_in

pytestmark = pytest.mark.timeout(900)  # It starts a second house and works a day in it.

Wait = Callable[..., Any]
LEDGER = Path("tests/libs/sheetreader/data/gwangju-agreements/ledger-2024.xlsx")
PICTURES = os.environ.get("IEUM_PICTURES")
"""The folder where a picture of each step is kept, if any."""

LOGIN, PASSWORD = "hanul@first-day.test", "사과 다리 우산 셋"
INVITED = "두번째 담당자"
KEY_S, POINT_S, HAND_S, DECIDE_S = 0.2, 1.1, 0.4, 1.35
"""Of a practised typist, by the Keystroke-Level Model (Card, Moran and Newell 1980)."""


@dataclass(slots=True)
class Hand:
    """A person at the desk whose acts are counted.

    Attributes:
        steps: By step: its seconds of acting and thinking, without waiting, and its decisions.
    """

    page: Page
    steps: dict[str, list[float]] = field(default_factory=dict)

    def begin(self, step: str) -> None:
        """Begin a step of the day."""
        self.steps[step] = [0.0, 0]

    def goes(self, address: str) -> None:
        """Go where a menu or a link leads."""
        self._spend(HAND_S + POINT_S + KEY_S)
        self.page.goto(address)

    def fills(self, label: str, text: str) -> None:
        """Write into a field."""
        self._spend(HAND_S + POINT_S + KEY_S * len(text))
        self.page.get_by_label(label).first.fill(text)

    def presses(self, what: Locator) -> None:
        """Press a button or follow a link."""
        self._spend(HAND_S + POINT_S + KEY_S)
        what.click()

    def decides(self, act: Callable[[], object]) -> None:
        """Answer something that was asked: it is read, thought about, and pointed at."""
        self._spend(2 * DECIDE_S + HAND_S + POINT_S + KEY_S)
        self._step()[1] += 1
        act()

    def shows(self, name: str) -> None:
        """Take a picture of where one is, if they are kept."""
        if PICTURES:
            place = Path(PICTURES) / f"{len(list(Path(PICTURES).glob('*.jpg'))) + 1:02d}-{name}.jpg"
            self.page.screenshot(path=place, full_page=True, quality=70)

    def tells(self) -> None:
        """Print what the day took."""
        print("\nstep · seconds of a practised hand · decisions")
        for step, (seconds, decisions) in self.steps.items():
            print(f"{step} · {seconds:.0f} · {decisions:.0f}")
        print(f"in all · {sum(each[0] for each in self.steps.values()) / 60:.1f} minutes")

    def _spend(self, seconds: float) -> None:
        self._step()[0] += seconds

    def _step(self) -> list[float]:
        return next(reversed(self.steps.values()))


@pytest.fixture
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, str]]:
    """A house of one's own, and the link by which it begins."""
    started = House(tmp_path_factory.mktemp("first-day"), free_base())
    (started.home / "settings.env").write_text("IEUM_LETTER_HOURS=any\n")
    try:
        said = started.ieum("up", "--empty").stdout
        link = re.search(r"http://\S+/first-run/\S+", said)
        assert link is not None, said
        yield started, link[0]
    finally:
        started.ieum("down", check=False)


def test_an_office_is_at_work_the_same_day(
    empty: tuple[House, str],
    page: Page,
    browser: Browser,
    eventually: Wait,
    tmp_path: Path,
) -> None:
    house, link = empty
    hand = Hand(page)

    hand.begin("house and first administrator")
    hand.goes(link)
    for label, text in {
        "기관 이름": "나래광역시",
        "총괄부서 이름": "협력총괄과",
        "총괄부서 전화번호": "062-000-0199",
        "첫 관리자 이름": "김하늘",
        "아이디": LOGIN,
    }.items():
        hand.fills(label, text)
    hand.fills("새 비밀번호", PASSWORD)
    hand.fills("새 비밀번호 한 번 더", PASSWORD)
    hand.shows("begin")
    hand.presses(page.get_by_role("button", name="시작하기"))
    expect(page.get_by_role("heading", level=2).first).to_be_visible()
    hand.shows("start")

    hand.begin("invitation")
    hand.goes(f"{house.portal}/accounts/new")
    hand.fills("이름", INVITED)
    hand.fills("아이디", "invited@journey.test")
    hand.decides(page.get_by_label("총괄부서").first.check)
    hand.presses(page.get_by_role("button", name="초대 보내기"))
    expect(page.get_by_role("status").first).to_contain_text("초대했습니다")
    theirs = browser.new_context(locale="ko-KR").new_page()
    choose(theirs, eventually(lambda: link_to(house, "계정 초대")), "물결 우산 감자 2026")
    sign_in(theirs, house, "invited@journey.test", "물결 우산 감자 2026")
    expect(theirs.get_by_role("heading", level=1)).to_contain_text("할 일")

    hand.begin("ledger")
    bring_ledger(hand, house)

    hand.begin("document")
    upload_one(hand, house, tmp_path)
    eventually(lambda: "협약서 정본" in searched(page, house, "memorandum"))

    hand.begin("the same organisation twice")
    merge_one(hand, house, eventually)

    hand.begin("handover")
    hand_over_one(hand, house)

    hand.begin("everything out")
    archive = tmp_path / "register.ieum"
    house.ieum("export", str(archive), "--with-people")
    other = House(tmp_path / "other", free_base())
    other.home.mkdir()
    restored = other.ieum("restore", str(archive)).stdout
    head = house.get("registry", "/v1/head")
    assert f"{head['seq']}:{head['hash']}" in restored
    assert "문서 1개" in restored
    hand.tells()


def bring_ledger(hand: Hand, house: House) -> None:
    """Bring the ledger, answer what is asked, look at the preview and let it be written."""
    page = hand.page
    hand.goes(f"{house.portal}/imports")
    page.get_by_label("파일").set_input_files(LEDGER)
    hand.presses(page.get_by_role("button", name="읽어 보기"))
    hand.shows("ledger-read")
    for together in ("협약기관은 모두 새로 등록", "부서는 모두 새로 등록"):
        box = page.get_by_label(together)
        if box.count():
            hand.decides(box.check)
    hand.presses(page.get_by_role("button", name="이름 정하기"))
    answer_names(hand)
    hand.shows("ledger-asks")
    answer_rows(hand)
    hand.presses(page.get_by_role("link", name="등록하면 달라지는 것 보기"))
    hand.shows("ledger-preview")
    hand.presses(page.get_by_role("button", name=re.compile("등록하기$")))
    done = page.get_by_text("등록을 마쳤습니다")
    for _ in range(120):
        if done.count():
            break
        page.wait_for_timeout(1000)
        page.reload()
    expect(done).to_be_visible()
    hand.shows("ledger-written")


def answer_names(hand: Hand) -> None:
    """Say of each name that resembles another that it is the first one proposed."""
    page = hand.page
    while (asked := page.locator("select[name^='said.'][aria-label]")).count():
        for which in asked.all():
            hand.decides(lambda one=which: one.select_option(index=1))  # type: ignore[misc]
        hand.presses(page.get_by_role("button", name="이름 정하기"))


def answer_rows(hand: Hand) -> None:
    """Answer each question of a line with its first answer; what is no day is left out."""
    page = hand.page
    asked = page.locator(".import-ask select")
    for which in asked.all():
        hand.decides(lambda one=which: one.select_option(index=1))  # type: ignore[misc]
    if asked.count():
        hand.presses(page.get_by_role("button", name="답한 것 반영하기"))


def upload_one(hand: Hand, house: House, folder: Path) -> None:
    """Put the signed text of an agreement on record."""
    page, [agreement] = hand.page, house.get("registry", "/v1/agreements", limit=1)["items"]
    scan = folder / "협약서 정본.pdf"
    scan.write_bytes(pdf("Smart city memorandum of the first day"))
    hand.goes(f"{house.portal}/agreements/{agreement['id']}")
    hand.presses(page.get_by_role("link", name="문서 올리기"))
    page.get_by_label("파일", exact=True).set_input_files(scan)
    hand.fills("제목(한국어)", "협약서 정본")
    hand.decides(lambda: page.get_by_label("구분").select_option("binding"))
    hand.shows("document")
    hand.presses(page.get_by_role("button", name="올리기", exact=True))
    expect(page.get_by_role("link", name="협약서 정본").first).to_be_visible()


def searched(page: Page, house: House, words: str) -> str:
    """Ask the one search."""
    page.goto(f"{house.portal}/search?q={words}")
    return page.content()


def merge_one(hand: Hand, house: House, eventually: Wait) -> None:
    """Register a partner that is on record already, as happens, and merge it into that one."""
    page = hand.page
    partner = next(
        each
        for each in house.get("registry", "/v1/partners", limit=100)["items"]
        if not each["own"] and each["kind"] == "company"
    )
    name = partner["name"]["ko"]
    hand.goes(f"{house.portal}/partners/new")
    hand.fills("이름(한국어)", f"주식회사 {name}")
    hand.decides(lambda: page.get_by_label("구분").select_option("company"))
    hand.presses(page.get_by_role("button", name="무엇이 달라지는지 보기"))
    hand.shows("twice")
    hand.presses(page.get_by_role("button", name="기록하기"))
    into = f"/partners/{partner['id']}"
    eventually(lambda: f"into={partner['id']}" in listed_alike(page, house), 60)
    hand.decides(page.locator(f"a[href*='merge?into={partner['id']}']").first.click)
    hand.fills("이유", "사업자등록증 대조")
    hand.presses(page.get_by_role("button", name="무엇이 달라지는지 보기"))
    hand.shows("merge")
    hand.presses(page.get_by_role("button", name="기록하기"))
    expect(page).to_have_url(re.compile(re.escape(into)))


def listed_alike(page: Page, house: House) -> str:
    """Open the list of pairs that may be one organisation."""
    page.goto(f"{house.portal}/partners/alike")
    return page.content()


def hand_over_one(hand: Hand, house: House) -> None:
    """Hand over all that a department answers for, as at a rotation."""
    page = hand.page
    hand.goes(f"{house.portal}/handovers/new")
    hand.decides(lambda: page.get_by_label("넘기는 부서").first.select_option(index=2))
    hand.presses(page.get_by_role("button", name="맡은 것 보기 – 넘기는 부서"))
    hand.decides(lambda: page.locator("#to_department_id").select_option(index=1))
    hand.fills("이유", "정기 인사")
    hand.shows("handover")
    hand.presses(page.get_by_role("button", name="무엇이 달라지는지 보기"))
    hand.shows("handover-preview")
    hand.presses(page.get_by_role("button", name="기록하기"))
    expect(page.get_by_role("status").first).to_contain_text("기록했습니다")
    expect(page.get_by_role("link", name="인계인수서(PDF)")).to_be_visible()
