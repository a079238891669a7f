"""What is written about a partner: by staff, and by the organisation itself."""

from django import forms
from django.db.models import Field

from partnership.partners.models import Partner
from partnership.partners.models.partner import charity_number
from partnership.partners.tidy import tidy_charity_number, tidy_code, tidy_company_number, tidy_list
from partnership.ui.edit_conflict import EditConflictMixin, RevisionField, between
from partnership.ui.forms import PortalModelForm, formfield
from places.footprint.models import Place

CODES = ("ods_code", "charity_number", "company_number")
OF_A_PAGE = [
    "summary", "groups", "places", "neighbourhoods", "website",
    "email", "email_is_public", "phone", "phone_is_public", "address", "address_is_public",
    "charity_number", "company_number", "income_band",
]  # fmt: skip


class CharityNumberField(forms.CharField):
    default_validators = [charity_number]

    def to_python(self, value):
        return tidy_charity_number(super().to_python(value) or "")


class CodeField(forms.CharField):
    """A code as the registers write it, tidied by `tidy` before it is checked."""

    def __init__(self, *, tidy=tidy_code, **kwargs) -> None:
        self.tidy = tidy
        super().__init__(**kwargs)

    def to_python(self, value):
        return self.tidy(super().to_python(value) or "")


def _code(name: str, label: str, tidy=tidy_code, help_text: str = "") -> CodeField:
    field = Partner._meta.get_field(name)  # noqa: SLF001  # as above
    assert isinstance(field, Field), "no relation from elsewhere"
    return CodeField(label=label, required=False, validators=field.validators, tidy=tidy, help_text=help_text)


class OwnPageForm(EditConflictMixin, PortalModelForm):
    """What an organisation keeps itself. Its name, kind and public bodies' codes are kept by staff."""

    submit_label = "Save this page"
    revision = RevisionField()
    charity_number = CharityNumberField(
        required=False,
        label="Charity number",
        help_text="Six or seven numbers for England and Wales, SC and six for Scotland, NIC and six for Northern "
        "Ireland. Leave empty if it is not registered",
    )
    company_number = _code("company_number", "Company number", tidy_company_number)
    neighbourhoods = forms.CharField(
        label="Neighbourhoods",
        required=False,
        max_length=500,
        help_text="Where it works within these places, separated by commas, like: Speke, Garston, Dingle",
    )
    places = forms.ModelMultipleChoiceField(
        Partner.objects.none(), label="Places it works in", required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Partner
        fields = OF_A_PAGE
        formfield_callback = formfield
        widgets = {
            "groups": forms.CheckboxSelectMultiple,
            "address": forms.Textarea(attrs={"rows": 3}),
            "summary": forms.Textarea(attrs={"rows": 5}),
        }
        labels = {
            "summary": "What it does",
            "groups": "Groups of people it serves",
            "email": "General email address",
            "email_is_public": "Show this email address in public",
            "phone": "General phone number",
            "phone_is_public": "Show this phone number in public",
            "address": "Postal address",
            "address_is_public": "Show this address in public",
            "income_band": "Yearly income",
        }
        help_texts = {
            "summary": "Two or three sentences in plain words",
            "email": "One that stays when people leave",
            "income_band": "For voluntary, community, faith and social enterprise organisations",
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["places"].queryset = Place.objects.public().by_name()
        if self.instance.pk:
            self.initial["places"] = list(self.instance.places.values_list("pk", flat=True))
            self.initial["revision"] = self.instance.revision
        else:
            del self.fields["revision"]

    def differences(self, now: Partner) -> list[tuple[str, str, str]]:
        """Each question whose answer differs from the page as it stands `now`: label, their answer, yours."""
        return between(type(self)(instance=now), self.cleaned_data)

    def clean_neighbourhoods(self) -> str:
        return tidy_list(self.cleaned_data["neighbourhoods"])

    def clean_places(self) -> list:
        """Past places stay as they are: the form shows, and changes, only those of today."""
        chosen = list(self.cleaned_data["places"])
        if self.instance.pk:
            today = set(self.fields["places"].queryset.values_list("pk", flat=True))
            chosen += [place for place in self.instance.places.all() if place.pk not in today]
        return chosen

    def clean(self):
        cleaned = super().clean()
        for name in CODES:
            value = cleaned.get(name)
            taken = value and Partner.objects.filter(**{name: value}).exclude(pk=self.instance.pk).first()
            if taken:
                self.add_error(name, f"{taken.name} already has that number")
        for name in ("email", "phone", "address"):
            if cleaned.get(f"{name}_is_public") and name not in self.errors and not cleaned.get(name):
                self.add_error(name, f"Enter the {self._name_of(name)}, or do not show it in public")
        return cleaned

    @staticmethod
    def _name_of(name: str) -> str:
        return {"email": "email address", "phone": "phone number"}.get(name, name)


class PartnerForm(OwnPageForm):
    """What staff write about a partner: all of it."""

    submit_label = "Save partner"
    ods_code = _code("ods_code", "ODS code", help_text="For NHS bodies, like RV5")
    gss_code = _code("gss_code", "GSS code", help_text="For councils, like E09000028")

    class Meta(OwnPageForm.Meta):
        fields = ["name", "kind", *OF_A_PAGE[:-3], "ods_code", "gss_code", *OF_A_PAGE[-3:]]
        error_messages = {"name": {"unique": "There is already a partner with that name"}}
