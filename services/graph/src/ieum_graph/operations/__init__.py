"""What the service does: apply pages, rebuild, compare, ask; and what it needs for it."""
