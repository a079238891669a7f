"""The authenticator app on a person's phone."""

import time

from allauth.mfa import app_settings
from allauth.mfa.totp.internal import auth as totp


def code_in_the_app(secret: str, *, steps_ago: int = 0) -> str:
    """The six digits the app shows, or showed so many steps of half a minute ago."""
    step = int(time.time()) // app_settings.TOTP_PERIOD
    return totp.format_hotp_value(totp.hotp_value(secret, step - steps_ago))
