"""Reading the feed over the wire: a page comes back as it went out, and faults have names."""

import pytest
import responses

from changefeed.cursor import Cursor, FeedForked
from changefeed.log_id import LogId, OtherLog
from changefeed.page import to_wire
from changefeed.reader import FeedReader, FeedUnavailable
from changefeed.session import house_session
from tests.libs.changefeed.makers import chain_of

URL = "http://record.example/v1/changes"
ENTRIES = chain_of({"name": "하나"}, {"name": "둘"})


def reader() -> FeedReader:
    return FeedReader("http://record.example/", lambda: "a-token", house_session())


@responses.activate
def test_a_page_comes_back_as_it_went_out() -> None:
    wire = {"items": [to_wire(each) for each in ENTRIES], "next": 2, "head": 2}
    sent = responses.get(URL, json=wire)

    page = reader().read(Cursor(), limit=10)

    assert (list(page.items), page.next, page.head) == (ENTRIES, 2, 2)
    assert sent.calls[0].request.headers["Authorization"] == "Bearer a-token"
    assert sent.calls[0].request.params == {"after": "0", "limit": "10", "wait": "0"}


@responses.activate
@pytest.mark.parametrize("answer", ['{"items": [{}], "next": 1, "head": 1}', "no json", "[]"])
def test_what_is_no_page_is_unavailable(answer: str) -> None:
    responses.get(URL, body=answer)

    with pytest.raises(FeedUnavailable):
        reader().read(Cursor())


@responses.activate
def test_an_outage_is_unavailable() -> None:
    responses.get(URL, status=503)

    with pytest.raises(FeedUnavailable):
        reader().read(Cursor())


@responses.activate
def test_a_log_shorter_than_the_cursor_has_forked() -> None:
    responses.get(URL, json={"items": [], "next": 2, "head": 1})

    with pytest.raises(FeedForked):
        reader().read(Cursor().moved_past(ENTRIES))


@responses.activate
def test_a_page_says_which_log_it_is_of() -> None:
    ours = LogId("gwangju", ENTRIES[0].hash)
    responses.get(URL, json={"items": [], "next": 0, "head": 0, "log": ours.to_wire()})

    assert reader().read(Cursor()).log == ours


@responses.activate
def test_another_log_is_told_from_a_shorter_one() -> None:
    other = LogId("ulsan", b"2" * 32)
    responses.get(URL, json={"items": [], "next": 2, "head": 1, "log": other.to_wire()})
    cursor = Cursor().within(LogId("gwangju", ENTRIES[0].hash)).moved_past(ENTRIES)

    with pytest.raises(OtherLog):
        reader().read(cursor)


@responses.activate
@pytest.mark.parametrize("log", ["gwangju", {"name": "gwangju"}, {"name": "x", "genesis": "zz"}])
def test_what_is_no_id_of_a_log_is_no_page(log: object) -> None:
    responses.get(URL, json={"items": [], "next": 0, "head": 0, "log": log})

    with pytest.raises(FeedUnavailable):
        reader().read(Cursor())
