"""The register of decisions. Fixed words come before numbers."""

from django.urls import path

from assemblies.decisions.views import decision, editing, register

ONE = "decisions/<int:pk>/"

urlpatterns = [
    path("decisions/", register.decisions, name="decisions"),
    path("decisions/register.csv", register.decisions_table, name="decisions_table"),
    path("decisions/feed.xml", register.decisions_feed, name="decisions_feed"),
    path("decisions/new/", editing.decision_new, name="decision_new"),
    path(ONE, decision.decision, name="decision"),
    path(f"{ONE}excerpt.pdf", decision.decision_excerpt, name="decision_excerpt"),
    path(f"{ONE}revise/", editing.decision_revise, name="decision_revise"),
    path(f"{ONE}close/", editing.decision_close, name="decision_close"),
    path(f"{ONE}ground/", editing.decision_ground, name="decision_ground"),
    path(f"{ONE}review/", editing.decision_review, name="decision_review"),
    path(f"{ONE}release/", editing.decision_release, name="decision_release"),
    path(f"{ONE}background/new/", editing.decision_background_new, name="decision_background_new"),
    path(f"{ONE}background/<int:paper>/", decision.decision_background, name="decision_background"),
]
