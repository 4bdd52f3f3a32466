"""Lists: what is declared of one, and the page, files and address that follow."""
