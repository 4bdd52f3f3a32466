"""Everything missing is listed at once."""

from pathlib import Path

import pytest

from httpedge.environ import Environ, SettingsMissing


def test_all_faults_are_listed_at_once(tmp_path: Path) -> None:
    env = Environ({"A_URL": "nowhere", "A_NUMBER": "-1", "A_LISTEN": "9000", "A_BLANK": " "})
    for read in (env.url, env.number, env.listen, env.text, env.secret_file):
        read({"url": "A_URL", "number": "A_NUMBER", "listen": "A_LISTEN", "text": "A_BLANK"}.get(
            read.__name__, "A_SECRET"))  # fmt: skip

    with pytest.raises(SettingsMissing) as missing:
        env.check()

    assert [fault.split("=")[0].split(" ")[0] for fault in missing.value.faults] == [
        "A_URL", "A_NUMBER", "A_LISTEN", "A_BLANK", "A_SECRET",
    ]  # fmt: skip


def test_good_values_pass(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s3cret\n")
    env = Environ({"U": "http://a.example/", "L": "[::1]:80", "S": str(tmp_path / "secret")})

    values = (env.url("U"), env.listen("L"), env.secret_file("S"), env.number("N", 5))
    env.check()

    assert values == ("http://a.example", ("[::1]", 80), "s3cret", 5)
