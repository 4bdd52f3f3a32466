"""Bad input: an error in the reader's language that names place and remedy; nothing changes."""

import json
import unicodedata

import pytest

from tests.registry.api.bodies import Network, partner
from tests.registry.desk import GWANGJU, Answer, Desk, answer_of

JSON = {"Content-Type": "application/json"}


def raw(desk: Desk, data: bytes, **headers: str) -> Answer:
    """Post bytes as they are."""
    sent = {**desk.office.headers, **JSON, **{n.replace("_", "-"): v for n, v in headers.items()}}
    return answer_of(desk.office.client.post("/v1/partners", data=data, headers=sent))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b'{"name": }',
        b'{"position": NaN}',
        b"\xff\xfe",
        b"[" * 100_000,
    ],
)
def test_malformed_json_is_refused(desk: Desk, data: bytes) -> None:
    answer = raw(desk, data)

    assert (answer.status, answer.code) == (400, "request.malformed")
    assert answer.json["detail"].endswith("다시 보내십시오.")
    assert desk.office.seq() == 0


def test_what_is_not_json_is_refused(desk: Desk) -> None:
    answer = raw(desk, b"kind=company", Content_Type="application/x-www-form-urlencoded")

    assert (answer.status, answer.code) == (415, "request.unsupported_media_type")


def test_a_list_is_no_partner(desk: Desk) -> None:
    assert raw(desk, b"[]").status == 422
    assert raw(desk, b"null").status == 422


def test_oversized_json_is_refused(desk: Desk) -> None:
    answer = raw(desk, b'{"kind": "' + b"x" * 2_000_000 + b'"}')

    assert (answer.status, answer.code) == (413, "request.too_large")
    assert desk.office.seq() == 0


def test_a_name_that_stands_twice_is_refused(desk: Desk) -> None:
    answer = raw(desk, b'{"kind": "company", "name": {"ko": "a", "ko": "b"}}')

    assert (answer.status, answer.pointers) == (422, ["/name/ko"])


def test_a_hidden_character_in_a_name_of_a_field_is_refused(desk: Desk) -> None:
    once = raw(desk, b'{"kind": "company", "na\\ud800me": {}}')
    twice = raw(desk, b'{"name": {"\\ud800": 1, "\\ud800": 2}}')

    assert (once.status, once.pointers) == (422, [""])
    assert twice.pointers == ["/name", "/name"]


def test_a_body_that_is_nested_without_end_is_refused(desk: Desk) -> None:
    answer = raw(desk, b'{"name": ' + b"[" * 20 + b"]" * 20 + b"}")

    assert answer.status == 422
    assert answer.pointers[0].startswith("/name/0/0")


def test_a_number_beyond_what_json_can_hold_is_refused(net: Network) -> None:
    body = {"strategy_id": net.task, "position": 2**53, "name": {"ko": "과제"}}

    answer = net.desk.office.post("/v1/tasks", body)

    assert (answer.status, answer.pointers) == (422, ["/position"])


@pytest.mark.parametrize("digits", [b"9" * 21, b"9" * 5_000, b"-" + b"9" * 100_000])
def test_a_number_longer_than_python_reads_is_refused_by_place(desk: Desk, digits: bytes) -> None:
    answer = raw(desk, b'{"name": {"ko": ' + digits + b"}}")

    assert (answer.status, answer.code) == (422, "request.invalid")
    assert "/name/ko" in answer.pointers


def test_hangul_in_pieces_is_put_together(desk: Desk) -> None:
    name = unicodedata.normalize("NFD", "광주테크노파크")

    made = desk.office.made("/v1/partners", partner(name, aliases=[name]))

    assert made["name"]["ko"] == "광주테크노파크"
    assert made["aliases"] == ["광주테크노파크"]
    assert len(desk.office.items(f"/v1/partners?q={name}")) == 1


@pytest.mark.parametrize(
    "character",
    ["\x00", "\x07", "\t", "\x7f", "\u202e", "\u200b", "\u2028", "\u3164", "\uffa0", "\ud800"],
)
def test_a_control_character_is_refused_with_its_place(desk: Desk, character: str) -> None:
    answer = raw(desk, json.dumps(partner(f"네이{character}버")).encode())

    assert (answer.status, answer.pointers) == (422, ["/name/ko"])
    assert "3번째 글자" in answer.json["errors"][0]["detail"]
    assert desk.office.seq() == 0


@pytest.mark.parametrize("name", ["\u200d", "\u3000\u00a0", "\u2800", "\ufe0f\u200c"])
def test_a_name_that_nobody_can_see_is_blank(desk: Desk, name: str) -> None:
    answer = desk.office.post("/v1/partners", partner(name))

    assert (answer.status, answer.pointers) == (422, ["/name/ko"])
    assert answer.json["errors"][0]["detail"].startswith("비어 있습니다.")
    assert desk.office.seq() == 0


BLANKS_AROUND = ["천안시", "천안시 ", "천안시\u00a0", "\u3000천안시"]


def test_blanks_around_a_name_are_no_part_of_it_at_any_door(desk: Desk) -> None:
    partners = [{"key": f"p{n}", **partner(name)} for n, name in enumerate(BLANKS_AROUND)]
    file = json.dumps({"format": 1, "partners": partners}, ensure_ascii=False)

    assert desk.load(around=file).status == 201
    for name in BLANKS_AROUND:
        desk.office.made("/v1/partners", partner(name, aliases=[name]))

    found = desk.office.items("/v1/partners?q=천안시")
    assert len(found) == 2 * len(BLANKS_AROUND)
    assert {each["name"]["ko"] for each in found} == {"천안시"}
    assert {alias for each in found for alias in each["aliases"]} == {"천안시"}


def test_a_control_character_in_a_query_is_refused(desk: Desk) -> None:
    answer = desk.office.get("/v1/partners?q=%00")

    assert (answer.status, answer.pointers) == (422, ["/q"])


def test_a_line_break_in_a_name_is_refused(desk: Desk) -> None:
    answer = desk.office.post("/v1/partners", partner("네이\n버"))

    assert (answer.status, answer.pointers) == (422, ["/name/ko"])


def test_every_place_at_fault_is_named(desk: Desk) -> None:
    body = {"kind": "shop", "name": {"en": "x"}, "colour": "red", "aliases": ["", 1]}

    answer = desk.office.post("/v1/partners", body, Accept_Language="en")

    assert answer.status == 422
    assert answer.json["detail"].endswith("Nothing was stored.")
    assert set(answer.pointers) == {
        "/kind",
        "/name/ko",
        "/colour",
        "/aliases/0",
        "/aliases/1",
    }


@pytest.mark.parametrize(
    ("language", "said"),
    [("ko", "비어 있습니다."), ("en", "This is blank"), ("fr", "비어 있습니다.")],
)
def test_errors_are_in_the_readers_language(desk: Desk, language: str, said: str) -> None:
    answer = desk.office.post("/v1/partners", partner("  "), Accept_Language=language)

    assert answer.json["errors"][0]["detail"].startswith(said)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("key", "광주"),
        ("key", "a\n"),
        ("website", "javascript:alert(1)"),
        ("website", "ftp://x"),
        ("name", {"ko": "x" * 201}),
        ("name", "x"),
        ("own", "maybe"),
        ("aliases", "별칭"),
        ("kind", None),
    ],
)
def test_a_value_that_does_not_fit_is_refused(desk: Desk, field: str, value: object) -> None:
    answer = desk.office.post("/v1/partners", partner() | {field: value})

    assert answer.status == 422
    assert answer.pointers[0].startswith(f"/{field}")
    assert desk.office.seq() == 0


def test_a_wrong_business_number_is_refused_and_a_right_one_taken_as_written(desk: Desk) -> None:
    wrong = desk.office.post("/v1/partners", partner(business_number="220-81-62518"))
    right = desk.office.made("/v1/partners", partner(business_number="220-81-62517"))

    assert (wrong.status, wrong.pointers) == (422, ["/business_number"])
    assert right["business_number"] == "2208162517"


def test_a_patch_is_checked_over_what_is_on_record(desk: Desk) -> None:
    made = desk.office.made("/v1/partners", partner())
    path = f"/v1/partners/{made['id']}"

    blank = desk.office.patch(path, {"name": {"ko": ""}}, seen=1)
    none = desk.office.patch(path, {"name": None}, seen=1)
    unknown = desk.office.patch(path, {"provenance": {}}, seen=1)
    no_object = desk.office.patch(path, [], seen=1)
    no_reason = desk.office.patch(path, {"reason": 7}, seen=1)

    assert (blank.status, blank.pointers) == (422, ["/name/ko"])
    assert (none.status, none.pointers) == (422, ["/name"])
    assert (unknown.status, unknown.pointers) == (422, ["/provenance"])
    assert no_object.status == 422
    assert (no_reason.status, no_reason.pointers) == (422, ["/reason"])
    assert desk.office.seq() == 1


def test_a_reference_to_nothing_is_refused(net: Network) -> None:
    nothing = "01a206d3-0000-7000-8000-000000000000"

    answer = net.desk.office.post(
        "/v1/collaborations", net.collaboration(task_id=nothing), Accept_Language="en"
    )

    assert (answer.status, answer.code, answer.pointers) == (
        422,
        "reference.unknown",
        ["/task_id"],
    )
    assert "Register it first" in answer.json["detail"]


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("limit=0", "/limit"),
        ("limit=201", "/limit"),
        ("limit=x", "/limit"),
        ("on=2026-02-30", "/on"),
        ("colour=red", "/colour"),
        ("own=maybe", "/own"),
        ("kind=shop", "/kind"),
        ("after=nonsense", "/after"),
        ("known_at=99", "/known_at"),
        ("known_at=tomorrow", "/known_at"),
        ("known_at=2026-01-01T00:00:00", "/known_at"),
        ("known_at=2999-01-01T00:00:00Z", "/known_at"),
    ],
)
def test_a_question_that_does_not_fit_is_refused(desk: Desk, query: str, pointer: str) -> None:
    answer = desk.office.get(f"/v1/partners?{query}")

    assert (answer.status, answer.pointers) == (422, [pointer])


ONE_ID = "01a206d3-0000-7000-8000-000000000000"


@pytest.mark.parametrize(
    ("ids", "pointer", "ko", "en"),
    [
        (",".join([ONE_ID] * 101), "/ids", "나누어 물으십시오.", "in several requests."),
        (f"{ONE_ID},naver", "/ids/1", "올바른 식별자(UUID)가 아닙니다.", "Not a valid UUID."),
        (f"{ONE_ID},", "/ids/1", "올바른 식별자(UUID)가 아닙니다.", "Not a valid UUID."),
        ("", "/ids", "1개에서 100개까지", "Give 1 to 100 ids"),
    ],
)
def test_ids_that_cannot_be_asked_for_are_refused_in_both_languages(
    desk: Desk, ids: str, pointer: str, ko: str, en: str
) -> None:
    for language, said in (("ko", ko), ("en", en)):
        answer = desk.office.get(f"/v1/partners?ids={ids}", Accept_Language=language)

        assert (answer.status, answer.pointers) == (422, [pointer])
        assert said in answer.json["errors"][0]["detail"]


def test_a_hundred_ids_may_be_asked_for_at_once(desk: Desk) -> None:
    assert desk.office.get(f"/v1/partners?ids={','.join([ONE_ID] * 100)}").json["items"] == []


def test_a_load_of_noise_is_refused_before_it_is_read(desk: Desk) -> None:
    answer = desk.office.post("/v1/loads", {"documents": [{"name": "x", "text": "x" * 10**7}]})

    assert (answer.status, answer.code) == (413, "request.too_large")
    assert desk.office.seq() == 0


def test_a_load_tells_every_fault_with_file_line_and_remedy(desk: Desk) -> None:
    wrong = (
        "format: 1\n"
        "illustrative: true\n"
        "collaborations:\n"
        "  - {key: c1, partner: navr, agreement: ai-metaverse-2021, task: T99, role: develop,\n"
        "     starts_on: 2022-02-30}\n"
        "  - {key: c1, partner: naver, agreement: ai-metaverse-2021, task: T01, role: develop,\n"
        "     starts_on: 2022-02-01, key: c2}\n"
    )

    answer = desk.load(GWANGJU, wrong=wrong)

    found = {(each["line"], each["code"], each["pointer"]) for each in answer.json["errors"]}
    assert (answer.status, answer.code) == (422, "load.refused")
    assert found == {
        (4, "key.unknown", "/collaborations/0/partner"),
        (4, "key.unknown", "/collaborations/0/task"),
        (5, "field.day", "/collaborations/0/starts_on"),
        (6, "key.twice", "/collaborations/1"),
        (7, "yaml.name_twice", "/collaborations/1/key"),
    }
    details = " ".join(each["detail"] for each in answer.json["errors"])
    assert "naver" in details
    assert "T09" in details
    assert "2021-11-16처럼" in details
    assert {each["file"] for each in answer.json["errors"]} == {"wrong.yaml"}
    assert desk.office.seq() == 0


def test_a_load_is_answered_in_english_and_guesses_what_was_meant(desk: Desk) -> None:
    text = (
        "format: 1\npartners:\n"
        "  - {key: a, kind: compny, name: {ko: x}}\n"
        "  - {key: b, kind: company, name: {ko: x}, business_number: 220-81-62518}\n"
    )

    answer = desk.office.post(
        "/v1/loads", {"documents": [{"name": "a.yaml", "text": text}]}, Accept_Language="en"
    )

    first, second = answer.json["errors"]
    assert first["detail"].endswith("Perhaps 'company'?")
    assert second["detail"].startswith("The check digit of 2208162518 does not fit.")
    assert answer.json["detail"].startswith("There are 2 faults.")


@pytest.mark.parametrize(
    ("written", "meant"),
    [("nmae", "name"), ("busines_number", "business_number"), ("ends_after", None), ("x", None)],
)
def test_a_name_is_guessed_only_where_it_is_close(
    desk: Desk, written: str, meant: str | None
) -> None:
    text = f"format: 1\npartners:\n  - {{key: a, kind: company, name: {{ko: x}}, {written}: y}}\n"

    answer = desk.office.post(
        "/v1/loads", {"documents": [{"name": "a.yaml", "text": text}]}, Accept_Language="en"
    )

    [fault] = answer.json["errors"]
    assert fault["code"] == "field.unknown"
    assert f"'{written}' is not known here; known are: " in fault["detail"]
    assert fault["detail"].endswith(f"Perhaps '{meant}'?") is (meant is not None)
    assert ("Perhaps" in fault["detail"]) is (meant is not None)


def test_a_dry_run_of_a_load_counts_and_keeps_nothing(desk: Desk) -> None:
    text = "format: 1\npartners:\n  - {key: a, kind: company, name: {ko: x}}\n"

    answer = desk.office.post(
        "/v1/loads?dry_run=true", {"documents": [{"name": "a.yaml", "text": text}]}
    )

    assert (answer.status, answer.json["load"]) == (200, None)
    assert answer.json["recorded"] == {"partner": 1}
    assert desk.office.seq() == 0


def test_a_load_is_all_or_none(desk: Desk) -> None:
    desk.load(GWANGJU, wrong="format: 2\n")

    assert desk.office.seq() == 0
