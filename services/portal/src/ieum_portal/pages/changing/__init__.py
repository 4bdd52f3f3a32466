"""Changing the record: a form, what would follow, and a button."""
