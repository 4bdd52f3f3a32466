"""The only place that knows SQL: the log, the shelves over it, and who can be erased."""
