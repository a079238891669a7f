"""Addresses of everything about meetings, a module for each noun. Fixed words come before slugs."""

from assemblies.urls import door, home, invites, lists, meetings, pages, registration, representation, voice

urlpatterns = [
    *home.urlpatterns,
    *representation.urlpatterns,
    *meetings.urlpatterns,
    *lists.urlpatterns,
    *invites.urlpatterns,
    *registration.urlpatterns,
    *door.urlpatterns,
    *voice.urlpatterns,
    *pages.urlpatterns,
]
