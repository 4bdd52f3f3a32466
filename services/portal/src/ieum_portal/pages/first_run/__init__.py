"""The first run of a new, empty installation."""
