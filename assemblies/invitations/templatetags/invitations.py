"""How pages show an invitation: where it stands, what happened when, and why it bounced."""

from django import template

from partnership.ui.templatetags.portal import state_tag

register = template.Library()
COLOUR = {"waiting": "yellow", "delivered": "blue", "bounced": "red", "refused": "orange", "accepted": "green"}
PLACE = {"waiting": "on the waiting list", "offered": "offered a place", "cancelled": "accepted, then cancelled"}


@register.inclusion_tag("components/tag.html")
def standing_tag(invitation) -> dict[str, str]:
    """The standing in words and colour; for someone who accepted, the state of their place."""
    words = type(invitation).Standing(invitation.standing).label
    if invitation.standing == "accepted":
        words = PLACE.get(invitation.registration_state, words)
    return state_tag(words, COLOUR.get(invitation.standing, "grey"))


@register.filter
def events(invitation) -> list[tuple[str, object]]:
    """What happened to it and when, in the order in which it can happen."""
    message = invitation.message
    by = " (answered by staff)" if invitation.answered_by else ""
    happened = [
        ("Invited", invitation.sent_at),
        ("Sent" if message and message.failed_at else "Delivered", message.sent_at if message else None),
        ("Bounced", message.failed_at if message else None),
        ("Asked again", invitation.chased_at),
        (f"Accepted{by}", invitation.accepted_at),
        (f"Declined{by}", invitation.declined_at),
    ]
    return [(what, at) for what, at in happened if at]


@register.filter
def bounce_words(invitation) -> str:
    """The mail server's own words, or ours where no server was asked."""
    if invitation.message is None or not invitation.message.last_error:
        return "This is not an email address a message can be sent to."
    return invitation.message.why_it_failed


@register.filter
def entry(mapping: dict, key: str):
    """The entry of a dictionary under a key that is a variable."""
    return mapping.get(key)
