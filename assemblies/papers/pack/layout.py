"""What lies in the folder that a pack is made in, and the steps of making it. Loads nothing that makes PDFs."""

FACTS, TEMPLATE, PACK, FILES = "facts.json", "pack.typ", "pack.pdf", "files"
STEPS = ("The words are set", "The uploaded pages are in", "The pack is saved")
