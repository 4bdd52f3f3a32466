"""What docker-compose.yml says works: PostgreSQL, a Neo4j server, two processes for each service.

The file itself is read and run without containers (`uncontained.py`). The tests stand in order:
an installation is started, filled, used, hurt and stopped.
"""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import psutil
import psycopg
import pytest
import requests
from prometheus_client.mmap_dict import MmapedDict

from tests.deploy.composition import OWN
from tests.deploy.uncontained import Uncontained, running
from tests.postgres import _programs
from tests.smtp import Mailbox, free_mailbox

pytestmark = [pytest.mark.journey, pytest.mark.timeout(600)]

DATA = Path(__file__).parents[2] / "data"
CHECKS = {
    "registry": {"database", "room"},
    "graph": {"neo4j", "projection"},
    "notify": {"database", "room"},
    "portal": {"database", "room"},
}


@pytest.fixture(scope="module")
def mailbox() -> Iterator[Mailbox]:
    with free_mailbox() as found:
        yield found


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, mailbox: Mailbox) -> Iterator[Uncontained]:
    with running(tmp_path_factory.mktemp("production"), mailbox.port) as installation:
        # A second worker of the kind that may have one, as `--scale notify-work=2` starts it.
        installation.start("notify-work.2")
        yield installation


def eventually(look: Callable[[], Any], within_s: float = 90) -> Any:  # noqa: ANN401  Whatever is seen.
    until = time.monotonic() + within_s
    while not (found := look()):
        assert time.monotonic() < until, f"not within {within_s} s; last seen: {found!r}"
        time.sleep(0.2)
    return found


def url(house: Uncontained, service: str, path: str) -> str:
    return f"http://127.0.0.1:{house.port(service)}{path}"


def page_url(house: Uncontained, path: str) -> str:
    """Give an address as people see it: at the proxy."""
    return f"https://localhost:{house.port_at('proxy:8443')}{path}"


def authority(house: Uncontained) -> str:
    """Give the certificate that people's browsers are told to believe."""
    return str(house.folder_of("certificates") / "authority.pem")


@pytest.fixture(scope="module")
def office(house: Uncontained) -> dict[str, str]:
    return {"Authorization": f"Bearer {house.operator('token', '--role', 'office').strip()}"}


def get(house: Uncontained, who: dict[str, str], service: str, path: str) -> Any:  # noqa: ANN401  JSON.
    answer = requests.get(url(house, service, path), headers=who, timeout=40)
    assert answer.ok, f"{answer.status_code} {answer.text}"
    return answer.json()


def coverage(house: Uncontained, who: dict[str, str]) -> Any:  # noqa: ANN401  JSON.
    """Ask the graph what it knows up to now, again while it follows the log."""
    head = get(house, who, "registry", "/v1/head")["seq"]
    address = url(house, "graph", f"/v1/questions/task-coverage?min_seq={head}")

    def ask() -> Any:  # noqa: ANN401  JSON.
        answer = requests.get(address, headers=who, timeout=40)
        # Neo4j on a busy machine may need longer than one question waits for it.
        assert answer.ok or answer.json()["code"] in ("graph.behind", "graph.unavailable"), (
            answer.text
        )
        return answer.json() if answer.ok else None

    return eventually(ask)


def workers(house: Uncontained, service: str) -> list[int]:
    """List the processes that answer for a service, which hold its application."""
    server = psutil.Process(house.running[service].pid)
    return sorted(each.pid for each in server.children() if answers(each))


def answers(process: psutil.Process) -> bool:
    """Say whether it holds the application; one that has just died does not."""
    try:
        return "resource_tracker" not in "".join(process.cmdline())
    except psutil.NoSuchProcess:
        return False


def test_every_service_is_ready_and_says_so_by_name(house: Uncontained) -> None:
    said = {each: requests.get(url(house, each, "/readyz"), timeout=10).json() for each in OWN}

    assert {each: set(text["checks"]) for each, text in said.items()} == CHECKS
    assert {text["status"] for text in said.values()} == {"ready"}


def answered(house: Uncontained, service: str) -> dict[int, float]:
    """Give how many requests each process of a service has answered, by the file it counts in."""
    found = dict.fromkeys(workers(house, service), 0.0)
    for pid in found:
        for file in psutil.Process(pid).open_files():
            if file.path.endswith(f"/counter_{pid}.db"):
                counts = MmapedDict.read_all_values_from_file(file.path)  # type: ignore[no-untyped-call]  # Theirs.
                found[pid] = sum(
                    value
                    for key, value, *_ in counts
                    if json.loads(key)[1] == "ieum_requests_total"
                )
    return found


Answer = TypeVar("Answer")


def from_both(house: Uncontained, service: str, ask: Callable[[], Answer]) -> list[Answer]:
    """Ask, eight at a time, until each of a service's two processes has answered; all answers."""
    before = answered(house, service)
    assert len(before) == 2
    answers: list[Answer] = []

    def have_both() -> bool:
        with ThreadPoolExecutor(8) as several:
            answers.extend(each.result() for each in [several.submit(ask) for _ in range(8)])
        now = answered(house, service)
        assert now.keys() == before.keys()
        return all(now[pid] > before[pid] for pid in before)

    eventually(have_both)
    return answers


def test_each_service_answers_from_two_processes(house: Uncontained) -> None:
    for service in OWN:
        codes = from_both(house, service, partial(healthz, house, service))

        assert set(codes) == {200}


@pytest.mark.parametrize("worker", ["graph-follow", "notify-work"])
def test_a_worker_that_stands_still_is_seen(
    house: Uncontained, office: dict[str, str], worker: str
) -> None:
    mine = [each for name, each in house.running.items() if name.partition(".")[0] == worker]
    assert house.is_healthy(worker)

    for process in mine:
        process.send_signal(signal.SIGSTOP)
    try:
        os.utime(house.heartbeat_of(worker), (0, time.time() - 121))  # As if it had stood so long.
        assert not house.is_healthy(worker)
    finally:
        for process in mine:
            process.send_signal(signal.SIGCONT)

    news = {
        "name": {"ko": "소식", "en": "News"},
        "key": f"wakes-{worker}",
    }  # Else a turn takes 25 s.
    address = url(house, "registry", "/v1/technologies")
    requests.post(address, json=news, headers=office, timeout=40).raise_for_status()
    assert eventually(lambda: house.is_healthy(worker))


def test_starting_again_makes_and_changes_nothing(house: Uncontained) -> None:
    before = {
        path: path.read_bytes()
        for path in (house.folder / "handed-out").rglob("*")
        if path.is_file()
    }

    with ThreadPoolExecutor() as several:  # Migrations that race find one another done.
        jobs = ["secrets", "databases", *(f"{each}-migrate" for each in OWN)]
        list(several.map(house.run_job, [*jobs, "registry-migrate"]))

    after = {
        path: path.read_bytes()
        for path in (house.folder / "handed-out").rglob("*")
        if path.is_file()
    }
    assert after == before
    assert all(house.is_healthy(each) for each in OWN)


def test_no_service_can_open_the_database_of_another(house: Uncontained) -> None:
    passfile = house.folder_of("secrets-registry") / "database"
    address = f"host=127.0.0.1 port={house.port('postgres')} user=registry passfile={passfile}"
    psycopg.connect(f"{address} dbname=registry").close()

    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        psycopg.connect(f"{address} dbname=notify")
    with pytest.raises(psycopg.OperationalError, match="no password supplied"):
        psycopg.connect(f"{address} dbname=notify", user="notify")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(f"{address} dbname=notify", user="notify", password="guessed")


def test_the_network_is_loaded_and_the_graph_answers(
    house: Uncontained, office: dict[str, str]
) -> None:
    files = ("/data/gwangju-2021.yaml", "/data/illustration.yaml")

    told = house.operator("load", *files)

    assert "변경 이력" in told
    assert get(house, office, "registry", "/v1/head")["seq"] > 100
    answer = coverage(house, office)
    assert len(answer["rows"]) == 16
    assert {row["codes"]["status"] for row in answer["rows"]} == {"nobody", "one", "several"}


def test_both_processes_of_the_graph_know_the_same(
    house: Uncontained, office: dict[str, str]
) -> None:
    answers = from_both(house, "graph", partial(coverage, house, office))

    assert len({json.dumps(each, sort_keys=True) for each in answers}) == 1


def test_letters_arrive_and_two_workers_send_none_twice(
    house: Uncontained, office: dict[str, str], mailbox: Mailbox
) -> None:
    eventually(lambda: mailbox.messages)
    eventually(lambda: get(house, office, "notify", "/v1/sender")["due"] == 0)
    ids = [each["Message-ID"] for each in mailbox.messages]
    assert len(set(ids)) == len(ids)
    assert all(process.poll() is None for process in house.running.values())


def test_a_key_sent_to_both_processes_at_once_writes_once(
    house: Uncontained, office: dict[str, str]
) -> None:
    headers = office | {"Idempotency-Key": str(uuid4())}
    body = {"name": {"ko": "두 프로세스", "en": "Two processes"}, "key": "two-processes"}

    def write() -> requests.Response:
        address = url(house, "registry", "/v1/technologies")
        return requests.post(address, json=body, headers=headers, timeout=40)

    answers = from_both(house, "registry", write)

    written = [each for each in answers if each.status_code == 201]
    late = {each.json()["code"] for each in answers if each.status_code != 201}
    assert written
    assert len({each.headers["X-Change-Seq"] for each in written}) == 1
    assert late <= {"idempotency.in_flight"}
    found = get(house, office, "registry", "/v1/technologies?key=two-processes")["items"]
    assert len(found) == 1


def test_whoever_waits_at_either_process_hears_of_a_write(
    house: Uncontained, office: dict[str, str]
) -> None:
    head = get(house, office, "registry", "/v1/head")["seq"]
    path = f"/v1/changes?after={head}&wait=25"

    with ThreadPoolExecutor(9) as several:
        waiting = [several.submit(get, house, office, "registry", path) for _ in range(8)]
        time.sleep(1)  # So that they wait; those who came later are answered at once.
        requests.post(
            url(house, "registry", "/v1/technologies"),
            json={"name": {"ko": "소식", "en": "News"}, "key": "news"},
            headers=office,
            timeout=40,
        ).raise_for_status()
        heard = [each.result()["items"][0]["seq"] for each in waiting]

    assert heard == [head + 1] * 8


@pytest.fixture(scope="module")
def visitor(house: Uncontained) -> requests.Session:
    told = house.run(house.containers["portal"], "ieum-portal", "first-accounts")
    accounts = json.loads((house.folder_of("portal") / "first-accounts.json").read_text())
    password = next(each["password"] for each in accounts["accounts"] if each["role"] == "office")
    assert password in told
    session = requests.Session()
    session.trust_env = False  # Of the surroundings it would take other authorities.
    session.verify = authority(house)
    session.headers["Referer"] = page_url(house, "/sign-in")
    page = session.get(page_url(house, "/sign-in"), timeout=20).text
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    entered = session.post(
        page_url(house, "/sign-in"),
        data={"login": "office@ieum.example", "password": password, "csrf_token": token},
        timeout=20,
    )
    assert entered.ok
    return session


def test_from_outside_the_proxy_alone_answers_and_only_for_people(house: Uncontained) -> None:
    said = {
        path: requests.get(page_url(house, path), timeout=20, verify=authority(house)).status_code
        for path in ("/sign-in", "/metrics", "/readyz", "/api/registry/v1/partners")
    }

    assert said == {
        "/sign-in": 200,
        "/metrics": 404,
        "/readyz": 404,
        "/api/registry/v1/partners": 404,
    }
    assert house.is_healthy("proxy")


def test_who_signed_in_at_one_process_is_known_to_both(
    house: Uncontained, visitor: requests.Session
) -> None:
    address = page_url(house, "/")
    cookies = visitor.cookies.get_dict()

    def look() -> requests.Response:
        # A connection of its own each, so that both processes are asked.
        return requests.get(
            address, cookies=cookies, timeout=40, allow_redirects=False, verify=authority(house)
        )

    pages = from_both(house, "portal", look)

    assert {each.status_code for each in pages} == {200}


def test_a_killed_process_of_each_service_is_not_missed(
    house: Uncontained, office: dict[str, str], visitor: requests.Session
) -> None:
    before = {each: workers(house, each) for each in OWN}

    for service in OWN:
        os.kill(before[service][0], signal.SIGKILL)

    for service in OWN:
        assert eventually(partial(healthz, house, service)) == 200
        after = eventually(partial(two_workers, house, service))
        assert before[service][0] not in after
        assert before[service][1] in after
    assert all(process.poll() is None for process in house.running.values())
    assert eventually(lambda: all(house.is_healthy(each) for each in OWN))
    assert visitor.get(page_url(house, "/"), timeout=40, allow_redirects=False).ok
    assert coverage(house, office)["rows"]


def two_workers(house: Uncontained, service: str) -> list[int] | None:
    found = workers(house, service)
    return found if len(found) == 2 else None


def healthz(house: Uncontained, service: str) -> int | None:
    try:
        return requests.get(url(house, service, "/healthz"), timeout=10).status_code
    except requests.ConnectionError:  # What the killed one had taken in is lost with it.
        return None


def test_the_record_is_whole_and_a_dump_of_it_restored_the_same(
    house: Uncontained, tmp_path: Path
) -> None:
    programs = _programs()
    assert programs is not None
    registry = house.containers["registry"]
    superuser = house.folder_of("secrets-databases") / "superuser"
    told = {"PGPASSFILE": str(superuser), "PGHOST": "127.0.0.1", "PGUSER": "postgres"}
    told |= {"PGPORT": str(house.port("postgres"))}

    def run(program: str, *arguments: str) -> None:
        command = [str(programs / program), "--no-password", *arguments]
        subprocess.run(command, env=os.environ | told, check=True)

    dump = str(tmp_path / "registry.dump")
    run("pg_dump", "-Fc", "-f", dump, "registry")
    run("psql", "-qc", "CREATE DATABASE copy OWNER registry TEMPLATE template0", "postgres")
    options = ("--clean", "--if-exists", "--no-owner", "--role=registry")
    run("pg_restore", *options, "-d", "copy", dump)
    address = registry.environment["IEUM_REGISTRY_DATABASE"].replace("/registry?", "/copy?")
    copy = replace(registry, environment=registry.environment | {"IEUM_REGISTRY_DATABASE": address})

    with ThreadPoolExecutor(2) as both:
        asked = [
            both.submit(house.run, each, "ieum-registry", "verify") for each in (registry, copy)
        ]
        whole, restored = (each.result() for each in asked)

    assert whole
    assert restored == whole


def test_a_renewed_password_is_taken_over(house: Uncontained) -> None:
    passfile = house.folder_of("secrets-registry") / "database"
    former = passfile.read_text(encoding="utf-8").strip().rpartition(":")[2]
    address = f"host=127.0.0.1 port={house.port('postgres')} user=registry dbname=registry"

    house.run(
        house.containers["secrets"],
        *("ieum", "secrets", "--into", "/handed-out", "--renew", "registry-database"),
    )
    house.run_job("databases")

    psycopg.connect(f"{address} passfile={passfile}").close()
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(address, password=former)
    assert eventually(lambda: house.is_healthy("registry"))


def test_all_end_in_order_when_asked(house: Uncontained) -> None:
    # Graph and notify ask the registry; it goes last.
    order = sorted(house.running, key=lambda name: name == "registry")

    ended = {name: house.stop(name) for name in order}

    assert ended == dict.fromkeys(order, 0)
