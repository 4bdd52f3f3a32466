"""전략·과제 매트릭스: who covers which task in which field."""
