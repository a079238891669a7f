"""Narrows the audit log down."""

from django import forms
from django.db.models import Q

from partnership.audit.models import Entry
from partnership.audit.models.entry import EntryQuerySet
from partnership.ui.forms import SearchForm


class LogSearchForm(SearchForm):
    submit_label = "Show"

    verb = forms.ChoiceField(label="What was done", required=False)
    subject = forms.CharField(label="To what (part of its name)", max_length=200, required=False)
    person = forms.CharField(label="Who did it (part of a name or address)", max_length=254, required=False)

    def __init__(self, *args, entries: EntryQuerySet, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        verbs = entries.order_by("verb").values_list("verb", flat=True).distinct()
        self.fields["verb"].choices = [("", "Anything"), *((verb, Entry(verb=verb).act) for verb in verbs)]

    def narrow(self, entries: EntryQuerySet) -> EntryQuerySet:
        """The entries that fit every answer given; none where an answer makes no sense."""
        if not self.is_valid():
            return entries.none()
        asked = self.cleaned_data
        if asked["verb"]:
            entries = entries.filter(verb=asked["verb"])
        if asked["subject"]:
            entries = entries.filter(subject_label__icontains=asked["subject"])
        if asked["person"]:
            entries = entries.filter(
                Q(actor_label__icontains=asked["person"]) | Q(actor__email__icontains=asked["person"])
            )
        return entries
