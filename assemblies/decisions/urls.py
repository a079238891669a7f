"""The register of decisions. Fixed words come before numbers."""

from django.urls import path

from assemblies.decisions.views import decision

ONE = "decisions/<int:pk>/"

urlpatterns = [
    path(ONE, decision.decision, name="decision"),
    path(f"{ONE}excerpt.pdf", decision.decision_excerpt, name="decision_excerpt"),
]
