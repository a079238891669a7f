"""Places, what they cover, and who leads them."""

import re

from django import forms
from django.contrib.auth import get_user_model
from django.utils.text import slugify

from partnership.ui.fields import DayField
from partnership.ui.forms import PortalForm, PortalModelForm
from places.footprint.models import Place
from places.footprint.models.place import gss_code

COUNCIL = re.compile(r"^(?P<part>part of\s+)?(?P<name>.+?)(?:[\s,;(]+(?P<code>[A-Za-z]\d[\w]*)\)?)?$", re.IGNORECASE)


class FootprintField(forms.CharField):
    """Councils, one on a line. Gives a list of dicts: name, gss_code, in_part."""

    widget = forms.Textarea(attrs={"rows": 4})

    def to_python(self, value: object) -> list[dict[str, object]]:  # type: ignore[override]  # a field gives what it likes
        lines = [" ".join(line.split()) for line in (super().to_python(value) or "").splitlines()]
        return [self._council(line) for line in lines if line]

    def validate(self, value: list) -> None:
        super().validate(value)
        names = [council["name"].lower() for council in value]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice:
            raise forms.ValidationError(f"{twice.title()} is named twice: name each council once")

    def run_validators(self, value: list) -> None:
        """Each line was checked as it was read."""

    @staticmethod
    def _council(line: str) -> dict[str, object]:
        found = COUNCIL.match(line)
        assert found is not None, "a line that is not empty"
        code = (found["code"] or "").upper()
        if code:
            try:
                gss_code(code)
            except forms.ValidationError as error:
                raise forms.ValidationError(f"{line}: a GSS code has a letter and eight numbers") from error
        name = found["name"].strip(" ,")
        if not name:
            raise forms.ValidationError(f"{line}: enter the name of a council")
        return {"name": name, "gss_code": code, "in_part": bool(found["part"])}


class PlaceForm(PortalModelForm):
    submit_label = "Save place"
    starts_on = DayField(label="Since", required=False)
    ends_on = DayField(label="Until", required=False, help_text="Leave empty while the place exists")
    footprint = FootprintField(
        label="Councils it covers",
        required=False,
        help_text="One on each line with its GSS code, like: Cheshire East, E06000049. "
        "Start with “Part of” where the place covers only part of it.",
    )

    class Meta:
        model = Place
        fields = ["name", "system", "summary", "starts_on", "ends_on"]
        labels = {"system": "Part of", "summary": "About the place"}
        help_texts = {"system": "The wider area, like Cheshire and Merseyside"}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            lines = [f"{council}, {council.gss_code}".rstrip(", ") for council in self.instance.footprint.all()]
            self.initial["footprint"] = "\n".join(lines)

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if not slugify(name) or slugify(name) == "new":
            raise forms.ValidationError("Enter a name with letters in it, like Halton")
        return name

    def clean(self):
        cleaned = super().clean()
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "The last day is before the first: enter a later one")
        same = Place.objects.filter(
            name__iexact=cleaned.get("name", ""), system__iexact=cleaned.get("system", ""), starts_on=starts_on
        )
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("name", "There is already a place with that name in that area at that time")
        return cleaned


class LeadForm(PortalForm):
    submit_label = "Add lead"
    email = forms.EmailField(label="Email address of the person", help_text="They need an account on the portal")
    title = forms.CharField(label="What they are called", max_length=200, initial="Place lead")
    starts_on = DayField(label="From")
    ends_on = DayField(label="Until", required=False, help_text="Leave empty if no end is known")

    def clean(self):
        cleaned = super().clean()
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "The last day is before the first: enter a later one")
        return cleaned

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        user = get_user_model().objects.filter(email=email, is_active=True).first()
        if user is None:
            raise forms.ValidationError("Nobody has an account with that address: ask them to create one first")
        self.cleaned_data["user"] = user
        return email


class LeadEndForm(PortalForm):
    submit_label = "End"
    submit_warning = True
    ends_on = DayField(label="Last day as lead")
