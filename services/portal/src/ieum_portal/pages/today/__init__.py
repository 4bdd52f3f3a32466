"""할 일: what needs somebody today."""
