"""What is wrong with a SECRET_KEY. It signs sessions and links: who knows or guesses it signs in as anyone."""

KNOWN_TO_ALL = "only-for-demonstration-and-tests-set-a-real-one-in-production"
SHORTEST, FEWEST_DIFFERENT = 50, 5  # as Django's own check of a deployment


def weakness_of(key: str) -> str:
    """Returns why others could know it, as a part of a sentence; empty for a good one."""
    if key == KNOWN_TO_ALL:
        return "the one in use stands in the source code, so anyone could sign in as anyone"
    if len(key) < SHORTEST:
        return f"the one in use has {len(key)}, so it could be guessed"
    if len(set(key)) < FEWEST_DIFFERENT:
        return "the one in use repeats itself, so it could be guessed"
    return ""
