"""네트워크 질문: what the network can be asked, and each answer."""
