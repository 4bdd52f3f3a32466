"""Reads an office's ledger of agreements: bytes and text in, frozen values out."""
