"""약속 이행: the list, the page of one, its forms."""
