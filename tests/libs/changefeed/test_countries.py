"""Countries are those of ISO 3166-1, as the time zone database lists them too."""

from importlib.resources import files

from changefeed.countries import ALSO_CALLED, COUNTRIES


def test_every_assigned_code_is_known_and_no_other() -> None:
    table = (files("tzdata") / "zoneinfo" / "iso3166.tab").read_text("utf-8")
    listed = {line.split("\t")[0] for line in table.splitlines() if not line.startswith("#")}

    assert listed == set(COUNTRIES)
    assert len(COUNTRIES) == 249


def test_each_has_a_name_in_either_language() -> None:
    assert (COUNTRIES["DE"].ko, COUNTRIES["DE"].en) == ("독일", "Germany")
    assert all(each.ko and each.en for each in COUNTRIES.values())
    assert ALSO_CALLED.keys() <= COUNTRIES.keys()
