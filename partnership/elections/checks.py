"""Voting opens only where the keys of ballot boxes can be kept: said before anybody announces an election."""

from django.core.checks import Error, register

from partnership.elections import ballot_keys


@register("elections")
def ballot_keys_can_be_kept(**kwargs) -> list[Error]:
    """elections.E001 when the folder of ballot keys is inside another, can be read by others, or cannot be written."""
    reason = ballot_keys.why_not()
    hint = "Set BALLOT_KEYS_DIR to a folder of the portal's own, on a volume that is not backed up, with the mode 0700."
    return [Error(reason, hint=hint, id="elections.E001")] if reason else []
