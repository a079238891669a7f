"""When a rule says no to a person."""


class Refusal(Exception):
    """A rule says no. `message` is said to the person as it stands; `field` names the question it belongs to, if any."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
