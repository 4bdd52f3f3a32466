"""Reading settings from the environment once, and listing everything missing at once."""

from collections.abc import Mapping, Sequence
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit

Listen = tuple[str, int]


class SettingsMissing(Exception):
    """Some settings are absent or unusable; `faults` names each with what it should hold."""

    def __init__(self, faults: list[str]) -> None:
        """List them one a line, so that one start shows all that must be mended."""
        super().__init__(
            "These settings are missing or unusable:\n"
            + "\n".join(f"  {fault}" for fault in faults)
            + "\nSee docs/settings.md. `ieum environment` prints those of an installation."
        )
        self.faults = faults


class Environ:
    """Takes values by name and keeps a list of what was wrong; `check` raises it whole.

    Each getter gives a harmless stand-in where the value is unusable, so that one pass over all
    settings finds all faults.
    """

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values
        self._faults: list[str] = []

    def text(self, name: str, default: str | None = None) -> str:
        """Give the text; blank counts as absent."""
        value = self._values.get(name, "").strip() or default
        if value is None:
            self._faults.append(f"{name} is not set")
            return ""
        return value

    def url(self, name: str) -> str:
        """Give an address with a scheme, without a slash at its end."""
        value = self.text(name)
        if value and not urlsplit(value).scheme:
            self._faults.append(f"{name}={value} is no address (scheme://…)")
        return value.rstrip("/")

    def path(self, name: str) -> Path:
        """Give a path; whether anything is there is the reader's business."""
        return Path(self.text(name))

    def number(self, name: str, default: int | None = None, *, least: int = 0) -> int:
        """Give a whole number of at least `least`."""
        value = self.text(name, None if default is None else str(default))
        if not value:
            return least
        if not value.isdecimal() or int(value) < least:
            self._faults.append(f"{name}={value} is no whole number from {least} on")
            return least
        return int(value)

    def choice(self, name: str, allowed: Sequence[str], default: str) -> str:
        """Give one of a few words."""
        value = self.text(name, default)
        if value not in allowed:
            self._faults.append(f"{name}={value} is none of {', '.join(allowed)}")
            return default
        return value

    def listen(self, name: str) -> Listen:
        """Give host and port of `host:port`."""
        value = self.text(name)
        host, _, port = value.rpartition(":")
        if value and (not host or not port.isdecimal() or int(port) > 65535):
            self._faults.append(f"{name}={value} is no host:port")
        return (host, int(port)) if host and port.isdecimal() else ("127.0.0.1", 0)

    def secret_file(self, name: str) -> str:
        """Give what stands in the file that the setting names; the secret itself is no setting."""
        path = self.text(name)
        if not path:
            return ""
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            self._faults.append(f"{name}={path} cannot be read ({error.strerror})")
            return ""

    def networks(self, name: str) -> tuple[IPv4Network | IPv6Network, ...]:
        """Give addresses and networks, written with commas between them; at least one."""
        found = []
        for each in filter(None, map(str.strip, self.text(name).split(","))):
            try:
                network = ip_network(each)
            except ValueError:
                self.refuse(name, each, "is no address and no network, as 10.2.0.7 or 10.2.0.0/28")
                continue
            if network.prefixlen == 0:
                self.refuse(name, each, "is everybody")
            found.append(network)
        return tuple(found)

    def refuse(self, name: str, value: str, why: str) -> None:
        """Note that a value will not do, where only its reader can say so."""
        self._faults.append(f"{name}={value} {why}")

    def check(self) -> None:
        """Raise SettingsMissing if anything asked for so far was absent or unusable."""
        if self._faults:
            raise SettingsMissing(self._faults)
