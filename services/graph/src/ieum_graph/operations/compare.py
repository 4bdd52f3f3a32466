"""One hash for everything projected: two graphs made from the same log have the same one."""

import hashlib

from ieum_graph.operations.ports import Projection


def canonical_hash(projection: Projection) -> str:
    """Hash every node and edge with all its properties, SHA-256 in hex.

    What the engine numbers by itself is left out, and so is how the projection fares. Meant for a
    graph that nobody writes to meanwhile.
    """
    digest = hashlib.sha256()
    for line in projection.elements():
        digest.update(line.encode())
        digest.update(b"\n")
    return digest.hexdigest()
