"""The log and the transactions that append to it."""
