"""Boards, their seats and who holds them; how long before a meeting a board must publish."""
