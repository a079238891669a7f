"""Boards and their seats."""

from django.urls import path

from partnership.boards.views import acting_chair, boards, induction, jargon, seats, structure, terms, vacancies

urlpatterns = [
    path("boards/", boards.boards, name="boards"),
    path("boards/new/", boards.board_new, name="board_new"),
    path("boards/structure/", structure.board_structure, name="board_structure"),
    path("boards/vacancies/", vacancies.vacancies, name="vacancies"),
    path("boards/vacancies/notices/", vacancies.notice_periods, name="notice_periods"),
    path("induction/", induction.induction, name="induction"),
    path("induction/behind/", induction.inductions_behind, name="inductions_behind"),
    path("induction/steps/", induction.induction_steps, name="induction_steps"),
    path("induction/steps/new/", induction.induction_step_new, name="induction_step_new"),
    path("induction/steps/<int:pk>/", induction.induction_step, name="induction_step"),
    path("induction/<int:pk>/", induction.induction_item, name="induction_item"),
    path("jargon/", jargon.jargon, name="jargon"),
    path("jargon/new/", jargon.jargon_new, name="jargon_new"),
    path("jargon/<int:pk>/edit/", jargon.jargon_edit, name="jargon_edit"),
    path("jargon/<int:pk>/remove/", jargon.jargon_remove, name="jargon_remove"),
    path("boards/<slug:slug>/", boards.board, name="board"),
    path("boards/<slug:slug>/edit/", boards.board_edit, name="board_edit"),
    path("boards/<slug:slug>/acting-chair/", acting_chair.acting_chair, name="acting_chair"),
    path("boards/<slug:slug>/acting-chair/<int:pk>/end/", acting_chair.acting_chair_end, name="acting_chair_end"),
    path("boards/<slug:slug>/terms/", terms.terms, name="board_terms"),
    path("boards/<slug:slug>/terms/new/", terms.terms_new, name="board_terms_new"),
    path("boards/<slug:slug>/terms/<int:number>/", terms.terms_version, name="board_terms_version"),
    path("boards/<slug:slug>/terms/<int:number>/document/", terms.terms_document, name="board_terms_document"),
    path("boards/<slug:slug>/seats/new/", seats.seat_new, name="seat_new"),
    path("boards/<slug:slug>/seats/<int:pk>/", seats.seat, name="seat"),
    path("boards/<slug:slug>/seats/<int:pk>/edit/", seats.seat_edit, name="seat_edit"),
    path("boards/<slug:slug>/seats/<int:pk>/nominate/", seats.seat_nominate, name="seat_nominate"),
    path("boards/<slug:slug>/seats/<int:pk>/appoint/", seats.seat_appoint, name="seat_appoint"),
    path("boards/<slug:slug>/appointments/<int:pk>/edit/", seats.appointment_edit, name="appointment_edit"),
    path("boards/<slug:slug>/appointments/<int:pk>/end/", seats.appointment_end, name="appointment_end"),
]
