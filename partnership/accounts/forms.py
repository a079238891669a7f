"""Sign-in and account forms: allauth's rules, the portal's words and markup."""

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.recovery_codes import forms as recovery
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse

from partnership.ui.fields import NameField, person_name
from partnership.ui.forms import PortalForm, PortalFormMixin, PortalModelForm, SearchForm


class Plain(PortalFormMixin):
    """Labels instead of placeholders; the button is in the page."""

    submit_label = ""
    hints: dict[str, str] = {}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.help_text = self.hints.get(name, "" if "<" in str(field.help_text) else field.help_text)


EMAIL = "Email address"
CODE = {"code": "Code"}


class LoginForm(Plain, account.LoginForm):
    labels = {"login": EMAIL, "password": "Password", "remember": "Keep me signed in on this device"}

    @property
    def single_sign_on(self) -> list[tuple[str, str]]:
        """The name and the address of each organisation's own sign-in."""
        return [(each["name"], reverse("openid_connect_login", args=[each["id"]])) for each in settings.OIDC_PROVIDERS]


class SignupForm(Plain, account.SignupForm):
    labels = {"email": EMAIL}
    name = NameField(
        label="Your name",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Enter your name"},
    )
    field_order = ["name", "email"]

    def custom_signup(self, request, user) -> None:
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])


class AddEmailForm(Plain, account.AddEmailForm):
    labels = {"email": "New email address"}


class ChangeEmailForm(Plain, account.ChangeEmailForm):
    labels = {"email": "New email address"}


class ChangePasswordForm(Plain, account.ChangePasswordForm):
    labels = {"oldpassword": "Current password", "password1": "New password", "password2": "New password again"}
    hints = {"password1": "At least 10 characters. Three random words make a good password."}


class SetPasswordForm(Plain, account.SetPasswordForm):
    labels = {"password1": "New password", "password2": "New password again"}
    hints = {"password1": "At least 10 characters. Three random words make a good password."}


class ResetPasswordForm(Plain, account.ResetPasswordForm):
    labels = {"email": EMAIL}


class ResetPasswordKeyForm(Plain, account.ResetPasswordKeyForm):
    labels = {"password1": "New password", "password2": "New password again"}


class ReauthenticateForm(Plain, account.ReauthenticateForm):
    labels = {"password": "Password"}


class RequestLoginCodeForm(Plain, account.RequestLoginCodeForm):
    labels = {"email": EMAIL}


class ConfirmLoginCodeForm(Plain, account.ConfirmLoginCodeForm):
    labels = CODE


class ConfirmEmailVerificationCodeForm(Plain, account.ConfirmEmailVerificationCodeForm):
    labels = CODE


class AuthenticateForm(Plain, mfa.AuthenticateForm):
    labels = {"code": "Code from your app, or a recovery code"}


class ReauthenticateMfaForm(Plain, mfa.ReauthenticateForm):
    labels = {"code": "Code from your app, or a recovery code"}


class ActivateTOTPForm(Plain, totp.ActivateTOTPForm):
    labels = {"code": "The six numbers the app shows"}


class DeactivateTOTPForm(Plain, totp.DeactivateTOTPForm):
    pass


class GenerateRecoveryCodesForm(Plain, recovery.GenerateRecoveryCodesForm):
    pass


class AddWebAuthnForm(Plain, webauthn.AddWebAuthnForm):
    labels = {"name": "Name of the device", "passwordless": "Also use it instead of a code or password"}
    hints = {"passwordless": "Your device then asks for your fingerprint, face or PIN"}


class EditWebAuthnForm(Plain, webauthn.EditWebAuthnForm):
    labels = {"name": "Name of the device"}


class PersonForm(PortalModelForm):
    """What a person says about themselves."""

    class Meta:
        model = get_user_model()
        fields = ["name"]
        labels = {"name": "Your name"}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        self.fields["name"].label = "Your name"
        self.fields["name"].error_messages["required"] = "Enter your name"
        self.fields["name"].validators = [*self.fields["name"].validators, person_name]


class PeopleSearchForm(SearchForm):
    words = forms.CharField(label="Name or email address", max_length=200, required=False)


class SecondStepForm(PortalForm):
    """What of a person's second step is lost, and why staff believe it."""

    submit_label = "Remove and tell them"
    submit_warning = True
    lost = forms.MultipleChoiceField(
        label="What they have lost",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose what they have lost"},
    )
    reason = forms.CharField(
        label="Why, and how you know it is them",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="We will send this to the person and keep it in the audit log",
        error_messages={"required": "Say why, and how you know it is them"},
    )

    def __init__(self, steps: list, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lost"].choices = [(str(step.pk), step.title) for step in steps]
        if len(steps) == 1:
            self.fields["lost"].initial = [str(steps[0].pk)]
