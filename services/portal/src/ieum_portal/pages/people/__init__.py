"""담당자: the list."""
