"""Addresses of boards and their seats."""

from django.urls import include, path

from partnership.boards.views import boards, seats, structure, terms

urlpatterns = [
    path("elections/", include("partnership.boards.election_urls")),
    path("boards/", boards.boards, name="boards"),
    path("boards/new/", boards.board_new, name="board_new"),
    path("boards/structure/", structure.board_structure, name="board_structure"),
    path("boards/<slug:slug>/", boards.board, name="board"),
    path("boards/<slug:slug>/edit/", boards.board_edit, name="board_edit"),
    path("boards/<slug:slug>/terms/", terms.terms, name="board_terms"),
    path("boards/<slug:slug>/terms/new/", terms.terms_new, name="board_terms_new"),
    path("boards/<slug:slug>/terms/<int:number>/", terms.terms_version, name="board_terms_version"),
    path("boards/<slug:slug>/terms/<int:number>/document/", terms.terms_document, name="board_terms_document"),
    path("boards/<slug:slug>/seats/new/", seats.seat_new, name="seat_new"),
    path("boards/<slug:slug>/seats/<int:pk>/", seats.seat, name="seat"),
    path("boards/<slug:slug>/seats/<int:pk>/edit/", seats.seat_edit, name="seat_edit"),
    path("boards/<slug:slug>/seats/<int:pk>/appoint/", seats.seat_appoint, name="seat_appoint"),
    path("boards/<slug:slug>/appointments/<int:pk>/edit/", seats.appointment_edit, name="appointment_edit"),
    path("boards/<slug:slug>/appointments/<int:pk>/end/", seats.appointment_end, name="appointment_end"),
]
