"""The minutes of a meeting, from a draft out of its record to their confirmation at the next one."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
