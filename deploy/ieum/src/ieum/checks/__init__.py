"""The checks that `ieum doctor` makes, one a file.

A check never changes anything and never fails: what cannot be seen is itself a finding. What needs
the services is asked over their own doors, what does not is looked at on the disk, so that a house
that is half down is still told about.

Source: docs/observability.md, which has a line for each code.
"""
