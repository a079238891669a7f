"""Addresses people can read aloud."""

from django.urls import include, path

urlpatterns = [
    path("", include("assemblies.urls")),
    path("account/", include("allauth.urls")),
]
