"""Who runs appointed posts."""

import rules

from partnership.accounts.rules import is_partnership_staff
from partnership.posts.models import Application
from partnership.refusals import Refusal


def refuse_applicant(application: Application, by) -> None:
    """Nobody decides about their own application: raises Refusal."""
    if by is not None and by.email.lower() == application.email.lower():
        raise Refusal("This is your own application. Ask a colleague to do this.")


rules.add_perm("posts.run_posts", is_partnership_staff)
