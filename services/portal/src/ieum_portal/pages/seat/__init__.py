"""담당(역할): who holds one, and who takes it over."""
