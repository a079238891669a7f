"""The meeting itself, as it is recorded while it runs: who is there, what is declared, what is decided."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
