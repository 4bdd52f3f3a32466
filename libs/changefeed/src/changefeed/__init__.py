"""One entry of the change log, the closed list of kinds, and reading the feed."""
