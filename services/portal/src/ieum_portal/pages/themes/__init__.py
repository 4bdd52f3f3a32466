"""In which colours the pages are shown."""
