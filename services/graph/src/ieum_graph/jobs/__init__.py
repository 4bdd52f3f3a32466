"""The process that follows the log, beside the one that answers."""
