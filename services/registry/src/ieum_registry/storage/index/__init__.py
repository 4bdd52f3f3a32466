"""The shelves: spans over the log by which subjects are found, as known at any number of it."""
