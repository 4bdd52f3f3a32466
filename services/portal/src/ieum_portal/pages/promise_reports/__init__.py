"""이행 보고: the list, the page of one, the office's answers."""
