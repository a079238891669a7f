"""Who runs appointed posts."""

import rules

from partnership.accounts.rules import is_partnership_staff
from partnership.posts.models import Application, Post
from partnership.refusals import Refusal


def refuse_applicant(application: Application, by) -> None:
    """Nobody decides about their own application, nor about those of their rivals: raises Refusal."""
    if by is not None and by.email.lower() == application.email.lower():
        raise Refusal("This is your own application. Ask a colleague to do this.")
    refuse_rival(application.post, by)


def refuse_rival(post: Post, by) -> None:
    """Who applied for a post, and has not withdrawn, takes no step that decides about others who did: raises Refusal."""
    if by is not None and post.applications.in_play().filter(email__iexact=by.email).exists():
        raise Refusal("You applied for this post. Ask a colleague to do this, or withdraw by the link we emailed you.")


rules.add_perm("posts.run_posts", is_partnership_staff)
