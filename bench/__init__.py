"""Figures that others can run again: `make bench CASE=name`."""
