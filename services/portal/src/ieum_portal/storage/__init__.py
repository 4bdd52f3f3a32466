"""Accounts, web sessions and attempts to sign in: the only place that knows SQL."""
