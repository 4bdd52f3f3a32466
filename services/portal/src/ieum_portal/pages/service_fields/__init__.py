"""서비스 분야: what a programme serves."""
