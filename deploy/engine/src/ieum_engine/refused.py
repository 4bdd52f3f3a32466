"""What is said when the engine cannot go on and a person must act."""


class Refused(Exception):
    """A sentence that names what is wrong and what to do next; shown as it is, no traceback."""
