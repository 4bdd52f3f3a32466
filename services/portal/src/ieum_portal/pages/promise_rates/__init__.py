"""약속 이행률: one page."""
