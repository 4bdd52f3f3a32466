"""A liaison's own days, as a calendar program reads them."""

import re

from flask.testing import FlaskClient

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
