"""The record: who agreed what with whom, and everything that happened to it."""
