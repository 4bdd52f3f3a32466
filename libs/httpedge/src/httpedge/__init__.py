"""What each service does at its HTTP edge."""
