"""연락처: people whom the office may write to."""
