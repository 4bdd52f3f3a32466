"""`python -m httpedge.ready`: whether the service of this container is ready, for its health check.

Images hold no curl. The service is the one whose `IEUM_…_LISTEN` is set; of several none is meant.
"""

import os
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping
from http import HTTPStatus

TIMEOUT_S = 5


def readiness_address(environment: Mapping[str, str]) -> str:
    """Give where to ask; a service that listens on all addresses is asked on the loopback one.

    Raises:
        LookupError: No service's address is set, or several are.
    """
    listens = [
        text
        for name, text in environment.items()
        if name.startswith("IEUM_") and name.endswith("_LISTEN")
    ]
    if len(listens) != 1:
        raise LookupError("exactly one IEUM_…_LISTEN names the service to ask")
    host, _, port = listens[0].rpartition(":")
    return f"http://{'127.0.0.1' if host in {'0.0.0.0', '[::]'} else host}:{port}/readyz"  # noqa: S104  compared, not bound


def main(environment: Mapping[str, str]) -> int:
    """Ask once.

    Returns:
        0 if it is ready, else 1, with what it says is missing on standard error.
    """
    try:
        with urllib.request.urlopen(readiness_address(environment), timeout=TIMEOUT_S) as answer:  # noqa: S310  our own address
            return 0 if answer.status == HTTPStatus.OK else 1
    except urllib.error.HTTPError as refused:
        said = refused.read(2000).decode(errors="replace")
    except (OSError, LookupError) as error:
        said = str(error)
    sys.stderr.write(f"{' '.join(said.split())}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(os.environ))
