"""The home is ours alone, says what it cannot do, and remembers what the operator wished."""

from pathlib import Path

import pytest

from ieum.environment import environment_for, environment_of, export_lines
from ieum.home import Home, home_of
from ieum.keys import make_secrets
from ieum.ports import Ports
from ieum.say import OperatorError


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path / "home")
    made.make()
    return made


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("years of work")

    with pytest.raises(OperatorError) as trouble:
        Home(tmp_path).make()

    assert trouble.value.code == "home.not_ours"
    assert "thesis.docx" in trouble.value.ko
    assert [each.name for each in tmp_path.iterdir()] == ["thesis.docx"]


def test_a_home_that_cannot_be_made_is_named_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(OperatorError) as trouble:
        Home(tmp_path / "file" / "home").make()

    assert trouble.value.code == "home.not_writable"
    assert "IEUM_HOME=" in trouble.value.en


def test_a_home_whose_path_is_long_has_its_socket_elsewhere(tmp_path: Path) -> None:
    deep = Home(tmp_path / ("가" * 60) / "home")

    assert len(str(deep.socket).encode()) < 100


def test_wishes_are_taken_from_the_home_and_not_from_the_shell(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IEUM_NOTIFY_DATABASE", "postgresql+psycopg://elsewhere/notify")
    (home.root / "settings.env").write_text(
        "# the big one\nIEUM_REGISTRY_DATABASE=postgresql+psycopg://db/registry\n"
    )

    variables = environment_of(home, Ports(9500))

    assert variables["IEUM_REGISTRY_DATABASE"] == "postgresql+psycopg://db/registry"
    assert variables["IEUM_NOTIFY_DATABASE"].startswith("sqlite:////")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("just words", "settings.unreadable"),
        ("IEUM_KEYS=/x", "settings.unknown"),
        ("IEUM_GRAPH_DATABASE=sqlite:////x.db", "settings.unknown"),
    ],
)
def test_a_wish_that_means_nothing_is_refused(home: Home, text: str, code: str) -> None:
    (home.root / "settings.env").write_text(text)

    with pytest.raises(OperatorError) as trouble:
        environment_of(home, Ports(9500))

    assert trouble.value.code == code


def test_settings_in_another_encoding_are_named(home: Home) -> None:
    (home.root / "settings.env").write_bytes("# 메일 서버\n".encode("cp949"))

    with pytest.raises(OperatorError, match="UTF-8") as trouble:
        home.wishes()

    assert trouble.value.code == "settings.unreadable"


def test_settings_that_are_a_folder_are_not_passed_over(home: Home) -> None:
    (home.root / "settings.env").mkdir()

    with pytest.raises(OperatorError, match="UTF-8"):
        home.wishes()


def test_a_service_is_given_its_own_key_and_no_other(home: Home) -> None:
    make_secrets(home)

    assert environment_for("graph", home, Ports(9500))["IEUM_SIGNING_KEY"].endswith(
        "/graph.key.json"
    )
    assert "IEUM_SIGNING_KEY" not in environment_for("registry", home, Ports(9500))


def test_export_lines_survive_a_shell(home: Home) -> None:
    assert "export IEUM_MAIL_FROM='이음 <ieum@gwangju.example>'" in export_lines(
        environment_of(home, Ports(9500))
    )


def test_the_home_is_where_the_variable_says(tmp_path: Path) -> None:
    assert home_of({"IEUM_HOME": str(tmp_path / "a")}).root == tmp_path / "a"


def test_what_an_earlier_release_left_open_is_closed(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.make()
    deep = home.neo4j / "databases" / "neo4j"
    deep.mkdir(parents=True)
    files = [home.databases / "registry.db-wal", deep / "neostore", home.logs / "registry.log"]
    for file in files:
        file.touch()
        file.chmod(0o644)
    deep.chmod(0o755)

    home.make()

    assert {each.stat().st_mode & 0o777 for each in files} == {0o600}
    assert deep.stat().st_mode & 0o777 == 0o700
