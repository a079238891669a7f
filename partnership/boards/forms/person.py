"""Somebody with an account, named by their email address."""

from django import forms
from django.contrib.auth import get_user_model


class PersonField(forms.EmailField):
    """The address of somebody with an account. Gives the User, or None when empty."""

    def clean(self, value: object):
        email = super().clean(value).lower()
        if not email:
            return None
        user = get_user_model().objects.filter(email=email, is_active=True).first()
        if user is None:
            raise forms.ValidationError("Nobody has an account with that address: ask them to create one first")
        return user

    def prepare_value(self, value: object) -> object:
        return getattr(value, "email", value)
