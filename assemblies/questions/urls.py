"""Questions that the public puts to a board: how to ask, by when, which are taken, and what was answered."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
