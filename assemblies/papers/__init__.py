"""Agendas, programmes and documents."""
