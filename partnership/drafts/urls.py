"""Keeping and discarding what somebody typed and did not send."""

from django.urls import path

from partnership.drafts.views import draft

urlpatterns = [
    path("drafts/", draft.draft_keep, name="draft_keep"),
    path("drafts/discard/", draft.draft_discard, name="draft_discard"),
]
