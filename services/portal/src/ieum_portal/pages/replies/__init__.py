"""정정 제안: what liaisons reply, and the office's answer."""
