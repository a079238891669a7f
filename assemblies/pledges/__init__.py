"""What people promise at an assembly and ask of partners, and the outcome."""
