"""One rule a file: which dates of which subjects are told to whom."""
