"""Agendas, programmes and documents; cover reports and how they are signed off; packs; what is closed or withdrawn."""
