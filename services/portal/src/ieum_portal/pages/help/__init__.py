"""What each page is for, in a few sentences."""
