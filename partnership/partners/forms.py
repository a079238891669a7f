"""Partners, and who belongs to them."""

import django_filters
from django import forms

from partnership.partners.models import Partner
from partnership.partners.models.partner import charity_number
from partnership.ui.forms import PortalForm, PortalModelForm, formfield


class SearchForm(PortalForm):
    """A search is a question, not a change: it goes in the address, and nothing in it is required."""

    form_method = "get"
    submit_label = "Search"
    mark_optional = False


def place_choices() -> list[tuple[str, str]]:
    """Places stand above partners in the house: they are reached through the relation, not imported."""
    place = Partner._meta.get_field("places").related_model  # noqa: SLF001  # _meta is Django's documented interface
    return list(place.objects.public().current().order_by("name").values_list("slug", "name"))


class PartnerSearch(django_filters.FilterSet):
    words = django_filters.CharFilter(label="Name", method="named_like")
    kind = django_filters.ChoiceFilter(label="Kind", choices=Partner.Kind.choices, empty_label="All kinds")
    place = django_filters.ChoiceFilter(
        label="Place", field_name="places__slug", choices=place_choices, empty_label="All places", distinct=True
    )

    class Meta:
        model = Partner
        fields = ["words", "kind", "place"]
        form = SearchForm

    def named_like(self, rows, name, value):
        return rows.named_like(value)


def tidy_charity_number(text: str) -> str:
    """Numbers are copied with spaces, in small letters and with "No."; the register has none of these."""
    return text.upper().replace(" ", "").removeprefix("NO.").removeprefix("NO")


class CharityNumberField(forms.CharField):
    default_validators = [charity_number]

    def to_python(self, value):
        return tidy_charity_number(super().to_python(value) or "")


class PartnerForm(PortalModelForm):
    """What staff write about a partner."""

    submit_label = "Save partner"
    charity_number = CharityNumberField(
        required=False, label="Charity number", help_text="Six or seven numbers, or SC or NIC and six numbers"
    )

    class Meta:
        model = Partner
        fields = [
            "name", "kind", "summary", "website", "ods_code", "gss_code", "charity_number", "company_number",
            "income_band",
        ]  # fmt: skip
        formfield_callback = formfield
        labels = {"summary": "What it does", "income_band": "Yearly income"}
        help_texts = {
            "ods_code": "For NHS bodies, like RV5",
            "gss_code": "For councils, like E09000028",
            "income_band": "For voluntary, community, faith and social enterprise organisations",
        }
        error_messages = {
            "name": {"unique": "There is a partner of that name already"},
        }

    def clean(self):
        cleaned = super().clean()
        for code in ("ods_code", "charity_number", "company_number"):
            value = cleaned.get(code)
            taken = value and Partner.objects.filter(**{code: value}).exclude(pk=self.instance.pk).first()
            if taken:
                self.add_error(code, f"{taken.name} has that number already")
        return cleaned


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
    role = forms.CharField(label="Your role there", max_length=120, required=False, help_text="Like trustee or manager")


class NewOrganisationForm(PortalForm):
    """A partner that is not listed yet: an unregistered group has no number, and needs none."""

    submit_label = "Add it and ask to join"
    name = forms.CharField(label="Name", max_length=200)
    kind = forms.ChoiceField(label="Kind", choices=Partner.Kind.choices, initial=Partner.Kind.VCFSE)
    charity_number = CharityNumberField(
        label="Charity number", required=False, max_length=20, help_text="Leave empty if your group is not registered"
    )
    summary = forms.CharField(
        label="What it does", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    role = forms.CharField(label="Your role there", max_length=120, required=False, help_text="Like trustee or manager")


class RefuseForm(PortalForm):
    """Why a membership is refused; the person reads it."""

    submit_label = "Refuse"
    submit_warning = True
    reason = forms.CharField(
        label="Why",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="We send this to the person",
        error_messages={"required": "Say why, so that the person knows what to do"},
    )
