"""What the portal believes of a single sign-on provider. Loaded only where one is configured."""

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.shortcuts import render

from partnership.text import is_no_name, one_line

TRUE = (True, "true", "True")  # some providers send the claim as a word, and "false" is a word too


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """An address counts only if the provider says it is verified; of what it tells us we keep only the name."""

    def populate_user(self, request, sociallogin, data):
        for address in sociallogin.email_addresses:
            address.email, address.verified = address.email.lower(), address.verified in TRUE
        sociallogin.account.extra_data = {}
        user = super().populate_user(request, sociallogin, data)
        user.email = user.email.lower()
        name = one_line(data.get("name") or "")[:200]
        user.name = "" if is_no_name(name) else name
        return user

    def pre_social_login(self, request, sociallogin) -> None:
        """Without an account of theirs here and without a verified address there is nobody to sign in."""
        if sociallogin.is_existing or any(address.verified for address in sociallogin.email_addresses):
            return
        raise ImmediateHttpResponse(render(request, "socialaccount/no_verified_email.html", status=403))

    def can_authenticate_by_email(self, login, email: str) -> bool:
        return any(address.email == email and address.verified is True for address in login.email_addresses)
