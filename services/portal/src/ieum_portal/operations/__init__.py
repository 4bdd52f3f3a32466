"""What each page gathers, and signing in and out."""
