"""Who you are, and how you sign in."""

from django.core.exceptions import ImproperlyConfigured

from partnership.settings.apps import INSTALLED_APPS
from partnership.settings.base import PORTAL_NAME, PORTAL_URL, env

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
# Single sign-on of NHS bodies and councils: neither installed nor imported where none is configured.
OIDC_PROVIDERS: list[dict] = []
if oidc_providers := env("OIDC_PROVIDERS", default=""):
    from partnership.accounts import single_sign_on  # a web process without it does not need it

    try:
        OIDC_PROVIDERS = single_sign_on.read(oidc_providers)
    except ValueError as error:
        raise ImproperlyConfigured(str(error)) from error
    INSTALLED_APPS += ["allauth.socialaccount", "allauth.socialaccount.providers.openid_connect"]
    SOCIALACCOUNT_PROVIDERS = single_sign_on.settings_for(OIDC_PROVIDERS)
SOCIALACCOUNT_ADAPTER = "partnership.accounts.single_sign_on_adapter.SingleSignOnAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form that leads elsewhere would need the content security policy opened
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my_home"
ACCOUNT_ADAPTER = "partnership.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SIGNUP_REDIRECT_URL = "organisation_join"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"  # which says so: public pages show nobody a message
ACCOUNT_FORMS = {
    "login": "partnership.accounts.forms.LoginForm",
    "signup": "partnership.accounts.forms.SignupForm",
    "add_email": "partnership.accounts.forms.AddEmailForm",
    "change_email": "partnership.accounts.forms.ChangeEmailForm",
    "change_password": "partnership.accounts.forms.ChangePasswordForm",
    "set_password": "partnership.accounts.forms.SetPasswordForm",
    "reset_password": "partnership.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "partnership.accounts.forms.ResetPasswordKeyForm",
    "reauthenticate": "partnership.accounts.forms.ReauthenticateForm",
    "request_login_code": "partnership.accounts.forms.RequestLoginCodeForm",
    "confirm_login_code": "partnership.accounts.forms.ConfirmLoginCodeForm",
    "confirm_email_verification_code": "partnership.accounts.forms.ConfirmEmailVerificationCodeForm",
}
# Guesses are limited by account (`key`, `user`); by network address only so that one machine cannot try every account,
# since whole NHS trusts come from one. allauth's own limits on one address are 10 to 30 a minute.
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",
    "login_failed": "300/m/ip,5/5m/key,50/d/key",
    "request_login_code": "300/m/ip,3/m/key,30/d/key",
    "reset_password": "300/m/ip,5/m/key,30/d/key",
    "reset_password_from_key": "300/m/ip",
    "signup": "300/m/ip",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = PORTAL_NAME
# A code that changes while it is typed still counts, and so does a phone half a minute fast or slow (RFC 6238 §5.2).
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = PORTAL_URL.startswith(("http://127.0.0.1", "http://localhost"))
MFA_FORMS = {
    "authenticate": "partnership.accounts.forms.AuthenticateForm",
    "reauthenticate": "partnership.accounts.forms.ReauthenticateMfaForm",
    "activate_totp": "partnership.accounts.forms.ActivateTOTPForm",
    "deactivate_totp": "partnership.accounts.forms.DeactivateTOTPForm",
    "generate_recovery_codes": "partnership.accounts.forms.GenerateRecoveryCodesForm",
    "add_webauthn": "partnership.accounts.forms.AddWebAuthnForm",
    "edit_webauthn": "partnership.accounts.forms.EditWebAuthnForm",
}
# Boards come after accounts in the order of the apps, so what asks for a second factor is named here.
SECOND_FACTOR_REQUIRED_FOR = ["partnership.accounts.rules.is_partnership_staff", "partnership.boards.rules.is_chair"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
