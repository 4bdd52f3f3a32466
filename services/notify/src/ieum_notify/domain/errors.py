"""What can be refused here."""


class NotFound(Exception):
    """No letter was ever planned under this key, and no rule would plan one."""
