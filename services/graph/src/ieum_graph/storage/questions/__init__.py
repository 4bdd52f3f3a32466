"""One question, one file: what may be asked, its text, its rows."""
