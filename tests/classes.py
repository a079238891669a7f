"""Finding classes in tests that look at every form."""

APPS = ("partnership.", "places.", "assemblies.")


def below(kind: type) -> list[type]:
    """Every class made from `kind`, those made from these among them."""
    return [found for each in kind.__subclasses__() for found in (each, *below(each))]
