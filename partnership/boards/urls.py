"""Addresses of boards and their seats."""

from django.urls import path

from partnership.boards.views import boards, seats

urlpatterns = [
    path("boards/", boards.boards, name="boards"),
    path("boards/new/", boards.board_new, name="board_new"),
    path("boards/<slug:slug>/", boards.board, name="board"),
    path("boards/<slug:slug>/edit/", boards.board_edit, name="board_edit"),
    path("boards/<slug:slug>/seats/new/", seats.seat_new, name="seat_new"),
    path("boards/<slug:slug>/seats/<int:pk>/appoint/", seats.seat_appoint, name="seat_appoint"),
    path("boards/<slug:slug>/appointments/<int:pk>/end/", seats.appointment_end, name="appointment_end"),
]
