"""Creating and managing a meeting."""

from django.urls import path

from assemblies.views import (
    manage,
    manage_agenda,
    manage_documents,
    manage_introduction,
    manage_meeting,
    manage_move,
    manage_programme,
    manage_state,
)

MANAGE = "meetings/<slug:slug>/manage/"

urlpatterns = [
    path("meetings/new/", manage_meeting.meeting_new, name="meeting_new"),
    path(MANAGE, manage.overview, name="manage"),
    path(f"{MANAGE}edit/<slug:section>/", manage_meeting.manage_edit, name="manage_edit"),
    path(f"{MANAGE}publish/", manage_state.manage_publish, name="manage_publish"),
    path(f"{MANAGE}hold/", manage_state.manage_hold, name="manage_hold"),
    path(f"{MANAGE}close/", manage_state.manage_close, name="manage_close"),
    path(f"{MANAGE}throw-away/", manage_state.manage_throw_away, name="manage_throw_away"),
    path(f"{MANAGE}move/", manage_move.manage_move, name="manage_move"),
    path(f"{MANAGE}cancel/", manage_move.manage_cancel, name="manage_cancel"),
    path(f"{MANAGE}programme/", manage_programme.manage_programme, name="manage_programme"),
    path(f"{MANAGE}programme/release/", manage_programme.manage_programme_release, name="manage_programme_release"),
    path(f"{MANAGE}programme/discard/", manage_programme.manage_programme_discard, name="manage_programme_discard"),
    path(f"{MANAGE}documents/", manage_documents.manage_documents, name="manage_documents"),
    path(f"{MANAGE}documents/add/", manage_documents.manage_document_add, name="manage_document_add"),
    path(f"{MANAGE}documents/<int:pk>/", manage_documents.manage_document, name="manage_document"),
    path(
        f"{MANAGE}documents/<int:pk>/replace/", manage_documents.manage_document_replace, name="manage_document_replace"
    ),
    path(
        f"{MANAGE}documents/<int:pk>/release/", manage_documents.manage_document_release, name="manage_document_release"
    ),
    path(f"{MANAGE}documents/<int:pk>/shift/", manage_documents.manage_document_shift, name="manage_document_shift"),
    path(
        f"{MANAGE}documents/<int:pk>/withdraw/",
        manage_documents.manage_document_withdraw,
        name="manage_document_withdraw",
    ),
    path(f"{MANAGE}agenda/", manage_agenda.manage_agenda, name="manage_agenda"),
    path(f"{MANAGE}agenda/items/add/", manage_agenda.manage_agenda_item_add, name="manage_agenda_item_add"),
    path(f"{MANAGE}agenda/items/<int:pk>/", manage_agenda.manage_agenda_item, name="manage_agenda_item"),
    path(
        f"{MANAGE}agenda/items/<int:pk>/remove/",
        manage_agenda.manage_agenda_item_remove,
        name="manage_agenda_item_remove",
    ),
    path(
        f"{MANAGE}agenda/items/<int:pk>/shift/", manage_agenda.manage_agenda_item_shift, name="manage_agenda_item_shift"
    ),
    path(f"{MANAGE}agenda/revise/", manage_agenda.manage_agenda_revise, name="manage_agenda_revise"),
    path(f"{MANAGE}agenda/discard/", manage_agenda.manage_agenda_discard, name="manage_agenda_discard"),
    path(f"{MANAGE}agenda/publish/", manage_agenda.manage_agenda_publish, name="manage_agenda_publish"),
    path(
        f"{MANAGE}places/<slug:place>/introduction/",
        manage_introduction.manage_introduction,
        name="manage_introduction",
    ),
]
