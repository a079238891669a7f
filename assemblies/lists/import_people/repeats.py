"""The same person twice in a file: merged, or refused where the names say that they are two."""

from assemblies.lists.import_people.found import ADD, MERGE, REFUSE, Found
from assemblies.lists.import_people.kinds import plain


def merge_repeats(people: list[Found]) -> None:
    """Folds a person who comes again into the first mention; refuses one address under two different names."""
    first: dict[str, Found] = {}
    for person in people:
        if person.outcome != ADD:
            continue
        known = first.setdefault(person.email, person)
        if known is person:
            continue
        if differ(known.name, person.name) and not (known.name_guessed or person.name_guessed):
            person.outcome = REFUSE
            person.reason = f"Row {known.number} has this address for {known.name}: each person needs their own"
            continue
        person.outcome, person.reason = MERGE, f"The same address as row {known.number}"
        if known.name_guessed and not person.name_guessed:
            known.name, known.name_guessed, known.reason = person.name, False, ""
        elif set(plain(known.name).split()) < set(plain(person.name).split()):
            known.name = person.name
        for what in ("organisation", "kind", "role"):
            setattr(known, what, getattr(known, what) or getattr(person, what))


def differ(one: str, other: str) -> bool:
    """Whether two names have no word in common: then they are two people."""
    return not set(plain(one).split()) & set(plain(other).split())


def may_be_one(one: str, other: str) -> bool:
    """Whether two people of one name may be one person: they come from one organisation, or one does not say."""
    return not plain(one) or not plain(other) or plain(one) == plain(other)
