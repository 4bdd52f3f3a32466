"""Opening a service's SQL database, and bringing it to the newest shape."""
