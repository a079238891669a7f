"""The demonstration partnership, made from public facts. What is invented says that it is illustrative."""
