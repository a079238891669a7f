"""A person on an invitation list."""

from django import forms

from assemblies.lists.actions.list_entry import Person
from assemblies.lists.models import ListEntry
from partnership.partners.models import Partner
from partnership.ui.edit_conflict import EditConflictMixin, RevisionField, between
from partnership.ui.fields import NameField, organisation_name
from partnership.ui.forms import PortalForm, SearchForm

BY_ORGANISATION = [("", "Decide from the organisation")]


class ListSearchForm(SearchForm):
    """Finds people on the list."""

    words = forms.CharField(max_length=100, required=False)


class EntryForm(PortalForm):
    """Asks who a person is. `person` is what an action takes."""

    submit_label = "Save"
    name = NameField(label="Full name", widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email: forms.CharField = forms.EmailField(
        label="Email address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    organisation = forms.CharField(label="Organisation", max_length=200, required=False, validators=[organisation_name])
    kind = forms.ChoiceField(
        label="Kind of organisation", choices=BY_ORGANISATION + Partner.Kind.choices, required=False
    )
    role = forms.CharField(
        label="Role", max_length=120, required=False, help_text="For example, trustee or service manager"
    )

    def clean_email(self) -> str:
        return self.cleaned_data["email"].strip().lower()

    @property
    def person(self) -> Person:
        return Person(**{what: self.cleaned_data[what] for what in ("email", "name", "organisation", "kind", "role")})


class ChangeForm(EditConflictMixin, EntryForm):
    """What the list says of a person already on it."""

    revision = RevisionField()

    @staticmethod
    def initial_of(entry: ListEntry) -> dict:
        """The answers that would give the entry as it is."""
        return {what: getattr(entry, what) for what in ("name", "email", "organisation", "kind", "role", "revision")}

    def differences(self, now: ListEntry) -> list[tuple[str, str, str]]:
        """Each question whose answer differs from the entry as it stands `now`: label, their answer, yours."""
        return between(ChangeForm(initial=self.initial_of(now)), self.cleaned_data)


class AddForm(EntryForm):
    submit_label = "Add to the list"


class RowForm(EntryForm):
    """A refused row of a file, to be fixed. The address is judged by the action, whose words say what is wrong."""

    submit_label = ""
    email = forms.CharField(
        label="Email address",
        max_length=320,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
