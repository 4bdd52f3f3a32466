"""The files for containers are what their tools take, and say what the services read."""

import importlib
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from ieum.home import Home
from ieum.secret_distribution import make_and_hand_out
from ieum_engine.jars import NEO4J
from ieum_engine.server import SIGNS_OF_LIFE
from ieum_graph.jobs.follow import WAIT_S
from ieum_notify.jobs.run import STILL_AFTER_S
from tests.deploy.composition import (
    COMPOSE,
    OWN,
    ROOT,
    Container,
    containers,
    document,
    example,
    wanted_variables,
)
from tests.house.test_settings_documented import explained, read_by

BIN = Path(sys.executable).parent
DOCKERFILE = ROOT / "deploy" / "Dockerfile"
ALL = containers(example())
OURS = [each for each in ALL.values() if each.image_of is not None]
SERVICES = [each for each in OURS if each.image_of in OWN]


def name_of(each: Container) -> str:
    return each.name


def check(*command: str | Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [BIN / command[0], *command[1:]], capture_output=True, text=True, check=False
    )


def check_compose(path: Path) -> "subprocess.CompletedProcess[str]":
    return check("check-jsonschema", "--builtin-schema", "vendor.compose-spec", path)


@pytest.mark.usefixtures("other_processes")
def test_compose_takes_the_file() -> None:
    done = check_compose(COMPOSE)

    assert done.returncode == 0, done.stdout


@pytest.mark.usefixtures("other_processes")
def test_a_misspelt_key_would_be_found(tmp_path: Path) -> None:
    broken = tmp_path / "docker-compose.yml"
    broken.write_text(COMPOSE.read_text("utf-8").replace("read_only:", "read_onyl:"), "utf-8")

    done = check_compose(broken)

    assert done.returncode == 1
    assert "read_onyl" in done.stdout


@pytest.mark.usefixtures("other_processes")
def test_the_recipe_for_images_is_clean() -> None:
    done = check("hadolint", DOCKERFILE)

    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.usefixtures("other_processes")
def test_a_careless_recipe_would_be_found(tmp_path: Path) -> None:
    broken = tmp_path / "Dockerfile"
    broken.write_text(DOCKERFILE.read_text("utf-8").replace("python:${PYTHON}", "python", 1))

    done = check("hadolint", broken)

    assert done.returncode == 1
    assert "DL3006" in done.stdout


def test_the_example_names_every_variable_and_no_other() -> None:
    assert set(example()) == wanted_variables() | {"COMPOSE_PROFILES"}


@pytest.mark.parametrize("name", ["IEUM_PORTAL_URL", "IEUM_SMTP_URL", "IEUM_MAIL_FROM"])
def test_what_only_the_house_can_know_is_asked_for(name: str) -> None:
    with pytest.raises(LookupError, match=name):
        document(example() | {name: ""})


@pytest.mark.parametrize("container", SERVICES, ids=name_of)
def test_a_container_is_told_settings_of_its_service_alone(container: Container) -> None:
    told = {name for name in container.environment if name.startswith("IEUM_")}

    assert container.image_of
    assert told <= read_by(container.image_of)
    assert told <= set(explained())


@pytest.mark.parametrize("container", SERVICES, ids=name_of)
def test_a_container_finds_all_that_its_service_must_be_told(
    container: Container, tmp_path: Path
) -> None:
    home = Home(tmp_path / "home")
    home.make()
    make_and_hand_out(home, tmp_path / "handed-out")
    module = importlib.import_module(f"ieum_{container.image_of}.settings")

    # Raises if anything is missing, or if a file that it names was not handed to this service.
    settings = module.read_settings(inside(container, tmp_path / "handed-out"))

    assert settings.processes == 2
    named = re.findall(r"/(?:secrets|keys)(?:/[\w-]+)?", " ".join(container.environment.values()))
    assert len(named) >= 2
    assert all(Path(mapped(each, container, tmp_path / "handed-out")).exists() for each in named)


def inside(container: Container, handed_out: Path) -> dict[str, str]:
    return {
        name: mapped(value, container, handed_out) for name, value in container.environment.items()
    }


def mapped(value: str, container: Container, handed_out: Path) -> str:
    """Replace a volume's place in the container by the folder that the job `secrets` fills."""
    for volume, place in container.mounts.items():
        into = ALL["secrets"].mounts.get(volume)
        if into is not None and value.startswith(place):
            return str(handed_out / into.removeprefix("/handed-out/")) + value.removeprefix(place)
    return value


def test_the_operators_settings_are_such_as_it_takes(tmp_path: Path) -> None:
    from ieum.environment import environment_of
    from ieum.ports import ports_of

    home = Home(tmp_path / "home")
    home.make()
    given = ROOT / document(example())["configs"]["operator-settings"]["file"]
    (home.root / "settings.env").write_text(given.read_text("utf-8"), encoding="utf-8")

    ports = ports_of(home, {})

    assert environment_of(home, ports)["IEUM_REGISTRY_URL"] == "http://registry:8401"
    asked = {name: ports.url(name) for name in ("registry", "graph", "notify")}
    assert asked == {name: ALL["portal"].environment[f"IEUM_{name.upper()}_URL"] for name in asked}


def test_a_read_only_container_is_given_configs_and_secrets_as_files_alone() -> None:
    # What is not a file is copied in, and Compose refuses that: docker/compose#12031.
    whole = document(example())
    given = [
        (each.name, kind, item if isinstance(item, str) else item["source"])
        for each in ALL.values()
        for kind in ("configs", "secrets")
        for item in each.raw.get(kind, ())
        if each.raw.get("read_only")
    ]

    assert ("operator", "configs", "operator-settings") in given
    for name, kind, source in given:
        assert list(whole[kind][source]) == ["file"], (name, source)
        assert (ROOT / whole[kind][source]["file"]).is_file(), (name, source)


def test_what_runs_is_the_image_of_the_tag_and_never_built_by_the_way() -> None:
    # Built at each `up`, a former TAG would name today's code, and a house without the internet
    # could not start what it has.
    for container in OURS:
        assert "pull_policy" not in container.raw, container.name
        image = document(example() | {"TAG": "9.8.7"})["services"][container.name]["image"]
        assert image == f"ieum-{container.image_of}:9.8.7"


def test_every_address_leads_to_a_container_that_listens_there() -> None:
    for container in SERVICES:
        for name, value in container.environment.items():
            if name.endswith("_URL") and name not in {"IEUM_PORTAL_URL", "IEUM_SMTP_URL"}:
                host, port = re.findall(r"//(\w+):(\d+)", value)[0]
                listens = ALL[host].environment.get(f"IEUM_{host.upper()}_LISTEN", "neo4j:7687")
                assert listens.endswith(f":{port}"), (container.name, name)


@pytest.mark.parametrize("container", OURS, ids=name_of)
def test_our_containers_can_do_little(container: Container) -> None:
    raw = container.raw

    assert raw["read_only"] is True
    assert raw["cap_drop"] == ["ALL"]
    assert "cap_add" not in raw
    assert raw["security_opt"] == ["no-new-privileges:true"]
    assert raw["tmpfs"] == ["/tmp:mode=1777,size=64m"]  # noqa: S108  inside the container
    assert "privileged" not in raw


def test_foreign_containers_keep_only_the_capabilities_named() -> None:
    for container in ALL.values():
        assert container.raw["cap_drop"] == ["ALL"], container.name
        assert container.raw["security_opt"] == ["no-new-privileges:true"], container.name


def test_a_volume_with_secrets_is_mounted_by_its_reader_alone() -> None:
    readers: dict[str, set[str | None]] = {}
    for container in ALL.values():
        for volume in container.mounts:
            if volume.startswith("secrets-") and container.name != "secrets":
                readers.setdefault(volume, set()).add(container.image_of or container.name)
                assert any(f"{volume}:/secrets:ro" == each for each in container.raw["volumes"])

    assert readers == {
        f"secrets-{reader}": {reader}
        for reader in ("registry", "graph", "notify", "portal", "databases", "postgres", "neo4j")
    }
    assert set(readers) == {each for each in ALL["secrets"].mounts if each.startswith("secrets-")}


def test_only_the_proxy_is_published() -> None:
    published = {each.name: each.raw["ports"] for each in ALL.values() if "ports" in each.raw}

    assert published == {"proxy": ["0.0.0.0:443:8443", "0.0.0.0:80:8080"]}
    assert ALL["portal"].environment["IEUM_PORTAL_PROXIES"] == "1"


def test_nothing_but_mail_and_the_proxy_reaches_outside() -> None:
    outside = {each.name for each in ALL.values() if "outside" in each.raw.get("networks", ())}

    assert outside == {"relay", "notify-work", "proxy"}
    assert document(example())["networks"]["inside"] == {"internal": True}


def test_the_proxy_is_told_all_that_it_fills_in_and_may_do_little() -> None:
    proxy = ALL["proxy"]
    written = "".join(path.read_text("utf-8") for path in (ROOT / "deploy/proxy").iterdir())
    wanted = set(re.findall(r"\$\{?(PROXY_\w+|IEUM_PORTAL_URL)", written))

    assert set(proxy.environment) == wanted
    assert proxy.raw["read_only"] is True
    assert proxy.raw["user"] == "10001:10001"
    assert "cap_add" not in proxy.raw
    leads_to = {name: proxy.environment[f"PROXY_{name.upper()}"] for name in OWN}
    assert leads_to == {
        name: f"{name}:{ALL[name].environment[f'IEUM_{name.upper()}_LISTEN'].split(':')[1]}"
        for name in OWN
    }


def test_a_houses_own_certificate_is_never_touched() -> None:
    own = document(example() | {"PROXY_CERTIFICATES": "./certificates"})["services"]

    assert "./certificates:/certificates:ro" in own["proxy"]["volumes"]
    assert "certificates:/handed-out/proxy" in own["secrets"]["volumes"]
    readers = {name for name, each in own.items() if "certificates" in str(each.get("volumes", ""))}
    assert readers == {"proxy", "secrets"}


def test_every_image_is_pinned_and_the_graph_database_is_the_one_tested() -> None:
    foreign = {each.raw["image"] for each in ALL.values() if each.image_of is None}
    lines: list[str] = DOCKERFILE.read_text("utf-8").splitlines()
    [python] = [line for line in lines if line.startswith("ARG PYTHON=")]

    assert all(re.search(r":v?\d+\.\d+", image) for image in foreign)
    assert f"neo4j:{NEO4J}-community" in foreign
    assert re.fullmatch(r"ARG PYTHON=3\.11\.\d+-slim-\w+", python)


def test_the_graph_database_shows_signs_of_life_as_the_one_tested() -> None:
    told = ALL["neo4j"].environment

    for name, value in SIGNS_OF_LIFE.items():
        # As the image has it: a dot becomes one underscore, an underscore two.
        assert told[f"NEO4J_{name.replace('_', '__').replace('.', '_')}"] == value


def test_what_stays_is_restarted_and_jobs_are_not() -> None:
    jobs = {each.name for each in ALL.values() if each.is_job}

    assert jobs == {
        "secrets",
        "databases",
        "operator",
        *(f"{service}-migrate" for service in OWN),
    }
    assert {each.raw["restart"] for each in ALL.values() if not each.is_job} == {"unless-stopped"}


def test_each_service_serves_after_its_own_migration() -> None:
    for service in OWN:
        assert ALL[service].command == (f"ieum-{service}", "serve")
        assert ALL[f"{service}-migrate"].command == (f"ieum-{service}", "migrate")
        for each in SERVICES:
            if each.image_of == service and not each.is_job:
                condition = each.after[f"{service}-migrate"]
                assert condition == "service_completed_successfully", each.name


def test_who_is_waited_for_until_healthy_has_a_health_check() -> None:
    for container in ALL.values():
        for other, condition in container.after.items():
            checked = ALL[other].raw.get("healthcheck", {})
            is_off = checked.get("disable", False)
            if condition == "service_healthy":
                assert not is_off
                assert "test" in checked or ALL[other].image_of in OWN  # The image has one.
            else:
                assert condition == "service_completed_successfully"
                assert ALL[other].is_job


def test_whatever_goes_on_running_has_a_health_check() -> None:
    for container in ALL.values():
        own = container.raw.get("healthcheck", {})
        if container.is_job:
            assert own == {"disable": True}, container.name
        elif container.command[1:2] == ("serve",):
            assert own == {}, container.name  # The image's own: it asks at /readyz.
        else:
            assert "test" in own, container.name
            assert not own.get("disable"), container.name


def test_a_worker_touches_the_file_whose_age_its_check_reads() -> None:
    retaining = {"registry-retain", "portal-retain"}
    workers = {"graph-follow", "notify-work", "registry-work", *retaining}
    for name in workers:
        *_, told, file = ALL[name].command
        program, python, *check = ALL[name].raw["healthcheck"]["test"]

        assert told == "--heartbeat"
        assert (program, python, check[:3]) == ("CMD", "python", ["-m", "httpedge.heartbeat", file])
        assert STILL_AFTER_S >= int(check[3]) > 2 * WAIT_S  # A turn waits so long for news.
        assert file.startswith("/tmp/")  # noqa: S108  inside the container
    assert workers == {each.name for each in SERVICES if "--heartbeat" in each.command}


def test_what_can_write_to_its_root_or_is_root_is_named() -> None:
    writes = {each.name for each in ALL.values() if not each.raw.get("read_only")}
    more = {each.name for each in ALL.values() if "cap_add" in each.raw}

    assert writes == {"neo4j", "relay"}
    assert more == {"postgres", "relay"}
    assert all("user" in ALL[name].raw for name in ("neo4j", "databases"))


def packages() -> dict[str, dict[str, Any]]:
    """Give the pyproject of each package of ours, by the name of its image or library."""
    found = {}
    for path in [*ROOT.glob("libs/*/pyproject.toml"), *ROOT.glob("services/*/pyproject.toml")]:
        found[path.parent.name] = tomllib.loads(path.read_text("utf-8"))["project"]
    operator = ROOT / "deploy" / "ieum" / "pyproject.toml"
    return found | {"operator": tomllib.loads(operator.read_text("utf-8"))["project"]}


def needed(name: str, known: dict[str, dict[str, Any]]) -> set[str]:
    """Give the foreign packages that a package of ours needs, through our libraries too."""
    found: set[str] = set()
    for text in known[name]["dependencies"]:
        dependency = re.split(r"[\[<>=~; ]", text)[0].lower()
        found |= needed(dependency, known) if dependency in known else {dependency}
    return found


@pytest.mark.parametrize("image", [*OWN, "operator"])
def test_the_lock_of_an_image_holds_all_that_its_packages_need(image: str) -> None:
    lock = (ROOT / "requirements" / f"{image}.txt").read_text("utf-8")
    locked = set(re.findall(r"^([a-z0-9._-]+)==", lock, re.MULTILINE))

    missing = needed(image, packages()) - locked

    assert missing == set()
