"""When a rule says no to a person."""


class Refusal(Exception):
    """A rule says no. `message` is said to the person as it stands; `field` names the question it belongs to, if any."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


def refuse_about_oneself(by, person, message: str, field: str | None = None) -> None:
    """Nobody decides about themselves: raises Refusal where `by`, who decides, is `person`, the one it is about."""
    if by is not None and person is not None and by.pk == person.pk:
        raise Refusal(message, field)
