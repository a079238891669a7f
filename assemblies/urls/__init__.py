"""Addresses of everything about meetings, a module for each noun. Fixed words come before slugs."""

from assemblies.urls import door, home, invites, lists, meetings, pages, registration, representation, voice

urlpatterns = [
    *registration.urlpatterns,  # first: where many come at once, an address should be found soon
    *home.urlpatterns,
    *representation.urlpatterns,
    *meetings.urlpatterns,
    *lists.urlpatterns,
    *invites.urlpatterns,
    *door.urlpatterns,
    *voice.urlpatterns,
    *pages.urlpatterns,
]
