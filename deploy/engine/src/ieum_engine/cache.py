"""Where is kept what takes long to fetch and may be shared by all homes and check-outs?"""

import os
from pathlib import Path


def default_cache() -> Path:
    """Give IEUM_CACHE, else `ieum` in the user's cache folder."""
    if chosen := os.environ.get("IEUM_CACHE"):
        return Path(chosen)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ieum"
