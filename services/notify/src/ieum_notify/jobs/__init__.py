"""The worker process and its clock."""
