"""The second step of signing in."""

from allauth.mfa import stages

from partnership.accounts.second_factor import is_vouched_for


class AuthenticateStage(stages.AuthenticateStage):
    """Not asked where the single sign-on that the person came by asks everybody for one."""

    def _should_handle(self, request) -> bool:
        return super()._should_handle(request) and not is_vouched_for(request, self.login.user)
