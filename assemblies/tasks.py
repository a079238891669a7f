"""What the clock starts. Entry points only: each calls one action."""
