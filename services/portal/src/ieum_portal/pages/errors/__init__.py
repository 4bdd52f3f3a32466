"""What is shown instead of a page, and what to do next."""
