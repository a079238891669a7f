"""People to speak to at a partner."""

from django import forms

from partnership.partners.models import Contact
from partnership.partners.models.partner import phone_number
from partnership.ui.edit_conflict import EditConflictMixin, RevisionField, between
from partnership.ui.fields import NameField
from partnership.ui.forms import PortalForm


class ContactForm(EditConflictMixin, PortalForm):
    submit_label = "Save contact"
    revision = RevisionField()
    name = NameField(label="Their name", error_messages={"required": "Enter their name"})
    role = forms.CharField(
        label="Their role",
        max_length=120,
        help_text="For example, chief officer or trustee",
        error_messages={"required": "Enter their role there"},
    )
    email = forms.EmailField(label="Email address", required=False)
    phone = forms.CharField(label="Phone number", required=False, max_length=40, validators=[phone_number])
    agreed = forms.BooleanField(
        label="They agree that all of this is shown on the public page",
        required=False,
        help_text="Ask them first. Without it only staff and your officers see them",
    )

    @staticmethod
    def initial_of(contact: Contact) -> dict:
        """The answers that would give the contact as it is."""
        said = {name: getattr(contact, name) for name in ("name", "role", "email", "phone", "revision")}
        return said | {"agreed": bool(contact.agreed_on)}

    def differences(self, now: Contact) -> list[tuple[str, str, str]]:
        """Each question whose answer differs from the contact as it stands `now`: label, their answer, yours."""
        return between(ContactForm(initial=self.initial_of(now)), self.cleaned_data)

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not cleaned.get("email") and not cleaned.get("phone"):
            self.add_error("email", "Enter an email address or a phone number, so that they can be reached")
        return cleaned
