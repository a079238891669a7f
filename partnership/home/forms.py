from django import forms

from partnership.ui.forms import SearchForm


class FindForm(SearchForm):
    """One box. A question, not a change: it goes in the address, and it may be empty."""

    form_action = "search"

    words = forms.CharField(
        label="What are you looking for?",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": "Your search must be 200 characters or fewer"},
    )
