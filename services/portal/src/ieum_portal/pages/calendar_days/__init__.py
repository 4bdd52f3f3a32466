"""휴일·근무일: the office's own days beside the public holidays."""
