"""A person says which organisation they belong to; staff answer."""

from django import forms

from partnership.partners.forms.partner import CharityNumberField
from partnership.partners.models import Partner
from partnership.ui.fields import organisation_name
from partnership.ui.forms import PortalForm, SearchForm


class OrganisationSearchForm(SearchForm):
    words = forms.CharField(
        label="Name of your organisation or group",
        required=False,
        max_length=200,
        help_text="Part of the name is enough",
    )


class JoinForm(PortalForm):
    """Asks to belong to a partner that is listed already."""

    submit_label = "Ask to join"
    role = forms.CharField(
        label="Your role there", max_length=120, required=False, help_text="For example, trustee or manager"
    )


class NewOrganisationForm(PortalForm):
    """A partner that is not listed yet: an unregistered group has no number, and needs none."""

    submit_label = "Add it and ask to join"
    name = forms.CharField(label="Name", max_length=200, validators=[organisation_name])
    kind = forms.ChoiceField(label="Kind", choices=Partner.Kind.choices, initial=Partner.Kind.VCFSE)
    charity_number = CharityNumberField(
        label="Charity number", required=False, max_length=20, help_text="Leave empty if your group is not registered"
    )
    summary = forms.CharField(
        label="What it does", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    role = forms.CharField(
        label="Your role there", max_length=120, required=False, help_text="For example, trustee or manager"
    )


class RefuseForm(PortalForm):
    """Why a membership is refused; the person reads it."""

    submit_label = "Refuse"
    submit_warning = True
    reason = forms.CharField(
        label="Why",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="We will send this to the person",
        error_messages={"required": "Say why, so that the person knows what to do"},
    )
