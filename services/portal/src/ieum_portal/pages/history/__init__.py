"""이력: the change log as people read it."""
