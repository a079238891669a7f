"""A group of people: its name, and the group it becomes part of."""

from django import forms
from django.utils.text import slugify

from partnership.partners.models import PeopleGroup
from partnership.ui.forms import PortalForm


class PeopleGroupForm(PortalForm):
    submit_label = "Save group"
    name = forms.CharField(
        label="Name of the group",
        max_length=120,
        help_text="In the words the people themselves use, like Carers or Deaf people",
    )

    def __init__(self, *args, group: PeopleGroup | None = None, **kwargs) -> None:
        self.group = group
        super().__init__(*args, initial={"name": group.name} if group else None, **kwargs)

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if not slugify(name):
            raise forms.ValidationError("Enter a name with letters in it, like Carers")
        if ";" in name:
            raise forms.ValidationError("Leave out “;”: it separates groups in the directory's files")
        others = PeopleGroup.objects.exclude(pk=self.group.pk) if self.group else PeopleGroup.objects.all()
        same = others.filter(name__iexact=name).first()
        if same:
            raise forms.ValidationError(f"There is already a group called “{same}”")
        return name


class MergeGroupForm(PortalForm):
    submit_label = "Merge"
    submit_warning = True
    into = forms.ModelChoiceField(
        PeopleGroup.objects.none(), label="Group it becomes part of", empty_label="Choose a group"
    )

    def __init__(self, *args, group: PeopleGroup, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = PeopleGroup.objects.exclude(pk=group.pk)
