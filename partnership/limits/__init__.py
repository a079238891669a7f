"""How often something may be done, counted in PostgreSQL for all web processes together, and who is asking."""
