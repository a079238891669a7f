"""Addresses people can read aloud. Fixed words come before slugs, so /meetings/new/ before a meeting's page."""

from django.conf import settings
from django.urls import include, path

from partnership.healthz import healthz, livez
from partnership.security_txt import security_txt

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("livez", livez, name="livez"),
    path(".well-known/security.txt", security_txt, name="security_txt"),
    path("", include("assemblies.registrations.urls")),  # first: where many come at once, an address is found soon
    path("", include("partnership.home.urls")),
    path("", include("assemblies.organising.urls")),
    path("", include("assemblies.microsite.urls")),
    path("", include("assemblies.meetings.urls")),
    path("", include("assemblies.lists.urls")),
    path("", include("assemblies.invitations.urls")),
    path("", include("assemblies.papers.urls")),
    path("", include("assemblies.decisions.urls")),
    path("", include("assemblies.follow_up.urls")),
    path("", include("assemblies.questions.urls")),
    path("", include("assemblies.sittings.urls")),
    path("", include("assemblies.minutes.urls")),
    path("", include("assemblies.forward_plan.urls")),
    path("", include("assemblies.voice.urls")),
    path("", include("assemblies.purpose.urls")),
    path("", include("assemblies.blockers.urls")),
    path("", include("assemblies.pledges.urls")),
    path("", include("assemblies.past_papers.urls")),
    path("", include("places.representation.urls")),
    path("", include("places.footprint.urls")),
    path("elections/", include("partnership.elections.urls")),
    path("", include("partnership.posts.urls")),
    path("", include("partnership.boards.urls")),
    path("", include("partnership.interests.urls")),
    path("", include("assemblies.executive_notices.urls")),  # after /boards/vacancies/notices/
    path("", include("partnership.partners.urls")),
    path("", include("partnership.outbox.urls")),
    path("", include("partnership.audit.urls")),
    path("", include("partnership.about.urls")),
    path("", include("partnership.drafts.urls")),
    path("", include("partnership.accounts.urls")),
]
if settings.DEMONSTRATION:
    urlpatterns.append(path("", include("partnership.local.urls")))

handler500 = "partnership.ui.unavailable.server_error"
