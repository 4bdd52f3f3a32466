"""Each container finds the secrets that it needs, and no other's."""

import stat
from pathlib import Path

import pytest

from ieum.app import main
from ieum.home import Home
from ieum.ports import ports_of
from ieum.secret_distribution import NAMES, make_and_hand_out


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path / "home")
    made.make()
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "handed-out"


def files(folder: Path) -> dict[str, set[str]]:
    return {each.name: {file.name for file in each.iterdir()} for each in folder.iterdir()}


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(each.relative_to(folder)): each.read_bytes()
        for each in folder.rglob("*")
        if each.is_file()
    }


def test_each_reader_finds_its_own_and_nothing_else(home: Home, folder: Path) -> None:
    make_and_hand_out(home, folder)

    assert files(folder) == {
        "keys": {"portal.json", "graph.json", "notify.json", "operator.json"},
        "registry": {"database"},
        "graph": {"signing-key", "neo4j-password"},
        "notify": {"signing-key", "database"},
        "portal": {"signing-key", "portal-secret", "database"},
        "databases": {"superuser", "registry", "notify", "portal"},
        "postgres": {"password"},
        "neo4j": {"auth"},
        "proxy": set(),
    }


def test_no_secret_is_handed_to_two_services(home: Home, folder: Path) -> None:
    make_and_hand_out(home, folder)

    mine = [
        contents(folder / service).values() for service in ("registry", "graph", "notify", "portal")
    ]
    assert len({text for each in mine for text in each}) == sum(len(each) for each in mine)


def test_what_libpq_reads_is_closed_to_others(home: Home, folder: Path) -> None:
    make_and_hand_out(home, folder)

    line = (folder / "registry" / "database").read_text()
    assert line.startswith("*:*:*:registry:")
    assert line.count(":") == 4
    assert stat.S_IMODE((folder / "registry" / "database").stat().st_mode) == 0o600


def test_handing_out_again_touches_nothing(home: Home, folder: Path) -> None:
    make_and_hand_out(home, folder)
    before = {each: each.stat().st_mtime_ns for each in folder.rglob("*")}

    made = make_and_hand_out(home, folder)

    assert made == []
    assert {each: each.stat().st_mtime_ns for each in folder.rglob("*")} == before


def test_a_withdrawn_public_key_is_taken_away(home: Home, folder: Path) -> None:
    make_and_hand_out(home, folder)
    (folder / "keys" / "stranger.json").write_text("{}")

    make_and_hand_out(home, folder)

    assert "stranger.json" not in files(folder)["keys"]


@pytest.mark.parametrize("name", NAMES)
def test_a_renewed_secret_is_another_and_the_rest_stay(
    home: Home, folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("IEUM_HOME", str(home.root))
    assert main(["secrets", "--into", str(folder)]) == 0
    before, before_private = contents(folder), contents(home.secrets)

    assert main(["secrets", "--into", str(folder), "--renew", name]) == 0

    changed = {
        each for each, text in contents(home.secrets).items() if before_private[each] != text
    }
    assert changed == {name if name in before_private else f"{name}.key.json"}
    assert len(before) == len(contents(folder))
    if name != "operator":  # Its private half stays in the operator's home.
        assert before != contents(folder)


def test_names_are_told_and_secrets_are_not(
    home: Home, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("IEUM_HOME", str(home.root))

    main(["secrets", "--into", str(folder)])

    told = capsys.readouterr().out
    assert all(name in told for name in NAMES)
    assert not any(
        path.read_text(encoding="utf-8").strip() in told for path in home.secrets.iterdir()
    )


def test_an_operator_whose_services_are_elsewhere_names_them(home: Home) -> None:
    (home.root / "settings.env").write_text("IEUM_REGISTRY_URL=http://registry:8401/\n")

    ports = ports_of(home, {})

    assert ports.url("registry") == "http://registry:8401"
    assert ports.url("graph") == "http://127.0.0.1:8402"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (["--certificate-for", "https://ieum.city.example"], "certificate.nowhere"),
        (["--into", "handed-out", "--certificate-for", "ieum.city.example"], "certificate.no_host"),
        (["--into", "handed-out", "--certificate-for", ""], "certificate.no_host"),
        (["--into", "handed-out", "--certificate-for", "https://[::1"], "certificate.no_host"),
    ],
)
def test_a_certificate_for_nobody_is_refused_and_nothing_is_made(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    more: list[str],
    code: str,
) -> None:
    monkeypatch.setenv("IEUM_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)

    assert main(["secrets", *more]) == 1

    assert f"[{code}]" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
