"""사업: what strategies, service fields and agreements hang under."""
