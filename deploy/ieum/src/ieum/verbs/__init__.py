"""The verbs of `ieum`, one a file: `add(verbs)` declares it, the rest carries it out."""
