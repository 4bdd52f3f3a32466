"""A liaison's own days, as a calendar program reads them."""

import logging
import re
from io import StringIO

import pytest
from flask.testing import FlaskClient

from httpedge.logs import Lines
from ieum_portal.domain.own_calendar import CalendarDay
from ieum_portal.pages.holdings import calendar
from tests.portal.neighbours import Neighbours
from tests.portal.pages.conftest import Enter, csrf

PAGE = "/our-records"


def test_a_liaison_s_days_stand_in_its_own_calendar_until_it_closes_it(
    enter: Enter, client: FlaskClient
) -> None:
    liaison, where = enter("liaison"), f"{PAGE}/calendar"
    page = liaison.get(where)
    told = liaison.post(where, data={"csrf_token": csrf(page), "act": "open"}).text
    [address] = re.findall(r"(/calendar/[\w-]+\.ics)<", told)

    # A calendar program has the address alone.
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "BEGIN:VEVENT\r\nUID:milestone-" in answer.text
    assert "DTSTART;VALUE=DATE:2026" in answer.text
    assert max(len(each.encode()) for each in answer.text.split("\r\n")) <= 75
    again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert address not in liaison.get(where).text

    # Another address closes the one before; closing closes all.
    other = liaison.post(where, data={"csrf_token": csrf(page), "act": "open"}).text
    [second] = re.findall(r"(/calendar/[\w-]+\.ics)<", other)
    assert client.get(address).status_code == 404
    assert client.get(second).status_code == 200
    liaison.post(where, data={"csrf_token": csrf(page), "act": "close"})
    assert client.get(second).status_code == 404


@pytest.mark.parametrize("fault", ["none", "ours", "neighbours"])
def test_the_address_of_a_calendar_stands_in_no_log(
    enter: Enter,
    client: FlaskClient,
    neighbours: Neighbours,
    monkeypatch: pytest.MonkeyPatch,
    fault: str,
) -> None:
    liaison, where = enter("liaison"), f"{PAGE}/calendar"
    form = {"csrf_token": csrf(liaison.get(where)), "act": "open"}
    [token] = re.findall(r"/calendar/([\w-]+)\.ics<", liaison.post(where, data=form).text)
    if fault == "ours":
        monkeypatch.setattr(calendar, "own_days", _failing)
    if fault == "neighbours":
        neighbours.set_all_down()
    written = StringIO()
    for each in logging.getLogger().handlers:
        if isinstance(each, Lines):
            monkeypatch.setattr(each, "stream", written)

    answer = client.get(f"/calendar/{token}.ics")

    assert (answer.status_code == 200) == (fault == "none")
    assert "/calendar/<token>.ics" in written.getvalue()
    assert token not in written.getvalue()


def _failing(*_: object, **__: object) -> list[CalendarDay]:
    raise RuntimeError
