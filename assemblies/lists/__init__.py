"""Invitation lists: who draws them up, where their people come from, how balanced they are."""
