"""우리 기관 자료: what the city holds on the liaison's partner."""
