"""Agendas, programmes and documents."""

from django.urls import path

from assemblies.papers.views import agenda, document, documents, programme

MANAGE = "meetings/<slug:slug>/manage/"

urlpatterns = [
    path("meetings/<slug:slug>/documents/<int:pk>/", document.document, name="document"),
    path(f"{MANAGE}programme/", programme.manage_programme, name="manage_programme"),
    path(f"{MANAGE}programme/release/", programme.manage_programme_release, name="manage_programme_release"),
    path(f"{MANAGE}programme/discard/", programme.manage_programme_discard, name="manage_programme_discard"),
    path(f"{MANAGE}documents/", documents.manage_documents, name="manage_documents"),
    path(f"{MANAGE}documents/add/", documents.manage_document_add, name="manage_document_add"),
    path(f"{MANAGE}documents/<int:pk>/", documents.manage_document, name="manage_document"),
    path(f"{MANAGE}documents/<int:pk>/replace/", documents.manage_document_replace, name="manage_document_replace"),
    path(f"{MANAGE}documents/<int:pk>/release/", documents.manage_document_release, name="manage_document_release"),
    path(f"{MANAGE}documents/<int:pk>/shift/", documents.manage_document_shift, name="manage_document_shift"),
    path(
        f"{MANAGE}documents/<int:pk>/withdraw/",
        documents.manage_document_withdraw,
        name="manage_document_withdraw",
    ),
    path(f"{MANAGE}agenda/", agenda.manage_agenda, name="manage_agenda"),
    path(f"{MANAGE}agenda/items/add/", agenda.manage_agenda_item_add, name="manage_agenda_item_add"),
    path(f"{MANAGE}agenda/items/<int:pk>/", agenda.manage_agenda_item, name="manage_agenda_item"),
    path(
        f"{MANAGE}agenda/items/<int:pk>/remove/",
        agenda.manage_agenda_item_remove,
        name="manage_agenda_item_remove",
    ),
    path(f"{MANAGE}agenda/items/<int:pk>/shift/", agenda.manage_agenda_item_shift, name="manage_agenda_item_shift"),
    path(f"{MANAGE}agenda/fill/", agenda.manage_agenda_fill, name="manage_agenda_fill"),
    path(f"{MANAGE}agenda/revise/", agenda.manage_agenda_revise, name="manage_agenda_revise"),
    path(f"{MANAGE}agenda/discard/", agenda.manage_agenda_discard, name="manage_agenda_discard"),
    path(f"{MANAGE}agenda/publish/", agenda.manage_agenda_publish, name="manage_agenda_publish"),
]
