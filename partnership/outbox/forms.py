"""Finding an email."""

from django import forms
from django.db.models import Q

from partnership.outbox.models import Message
from partnership.outbox.models.message import MessageQuerySet
from partnership.ui.forms import SearchForm


class MailSearchForm(SearchForm):
    submit_label = "Show"

    state = forms.ChoiceField(choices=Message.State.choices, required=False, widget=forms.HiddenInput)
    words = forms.CharField(label="Part of an address or subject", max_length=254, required=False)

    def narrow(self, messages: MessageQuerySet) -> MessageQuerySet:
        """The messages to or about what was typed."""
        words = self.words_asked
        return messages.filter(Q(to_email__icontains=words) | Q(subject__icontains=words)) if words else messages
