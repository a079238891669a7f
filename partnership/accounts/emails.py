"""What we write to people about their account, beside allauth's own emails."""

from collections.abc import Sequence

from allauth.mfa.models import Authenticator

from partnership import outbox
from partnership.accounts.models import User
from partnership.accounts.second_factor import is_required, title_of
from partnership.outbox.compose import compose
from partnership.outbox.message_keys import about, message_key


def second_step_removed(person: User, *, gone: Sequence[Authenticator], left: bool, reason: str) -> None:
    """Tells the person what staff removed and why, so that they can object if it was not they who asked."""
    words = {
        "person": person,
        "gone": [title_of(each) for each in gone],
        "left": left,
        "required": is_required(person),
        "why": reason,
    }
    subject, text, html = compose("accounts/second_step_removed", words)
    outbox.enqueue(
        key=message_key("person", person.pk, "second-step-removed", "-".join(str(each.pk) for each in gone)),
        to=person.email,
        to_name=person.name,
        subject=subject,
        text=text,
        html=html,
        about=about("person", person.pk),
        sensitive=True,
    )
