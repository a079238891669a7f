"""What people agreed to do at a meeting: by when, how far it is, and who has it now."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
