"""Finding an email."""

from django import forms
from django.db.models import Q

from partnership.outbox.models import Message
from partnership.outbox.models.message import MessageQuerySet
from partnership.ui.forms import PortalForm


class MailSearchForm(PortalForm):
    """A question, not a change: it goes in the address, and nothing is required."""

    form_method = "get"
    submit_label = "Show"
    mark_optional = False

    state = forms.ChoiceField(choices=Message.State.choices, required=False, widget=forms.HiddenInput)
    words = forms.CharField(label="Part of an address or subject", required=False)

    def narrow(self, messages: MessageQuerySet) -> MessageQuerySet:
        """The messages to or about what was typed."""
        words = self.cleaned_data["words"]
        return messages.filter(Q(to_email__icontains=words) | Q(subject__icontains=words)) if words else messages
