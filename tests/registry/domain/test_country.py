"""Countries are those of ISO 3166-1, as the time zone database lists them too."""

from importlib.resources import files

from ieum_registry.domain.country import COUNTRIES


def test_every_assigned_code_is_known_and_no_other() -> None:
    table = (files("tzdata") / "zoneinfo" / "iso3166.tab").read_text("utf-8")
    listed = {line.split("\t")[0] for line in table.splitlines() if not line.startswith("#")}

    assert listed == COUNTRIES
    assert len(COUNTRIES) == 249
