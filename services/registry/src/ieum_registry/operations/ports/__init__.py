"""What operations and routes need from the store, each named for the need."""
