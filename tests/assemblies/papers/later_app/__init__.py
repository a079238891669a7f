"""An app that comes after papers, with a check and a block of its own for reports."""
