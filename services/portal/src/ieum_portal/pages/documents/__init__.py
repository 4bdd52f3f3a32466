"""연락 기록: the list."""
