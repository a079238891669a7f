"""What items, reports and files have in common: open or closed, and a title that anybody may read."""

from assemblies.closures.models.closure import Closure


class MayBeClosed:
    """For models with a `title` and a `closure`."""

    @property
    def closed_by(self) -> Closure | None:
        """What closes it to the public now; None where it is open, or was released."""
        closure: Closure | None = self.closure  # type: ignore[attr-defined]  # the model's own
        return closure if closure and closure.in_force else None

    @property
    def public_title(self) -> str:
        """Its title as anybody may read it."""
        title: str = self.title  # type: ignore[attr-defined]  # the model's own
        return self.closed_by.title_for_public(title) if self.closed_by else title
