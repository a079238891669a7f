"""What people agreed to do at a meeting: by when, how far it is, and who has it now."""

from django.urls import path

from assemblies.follow_up.views import follow_up, follow_ups

ONE = "actions/<int:pk>/"
BOARD = "boards/<slug:slug>/actions/"

urlpatterns = [
    path("actions/", follow_ups.follow_ups, name="follow_ups"),
    path(ONE, follow_up.follow_up, name="follow_up"),
    path(f"{ONE}done/", follow_up.follow_up_done, name="follow_up_done"),
    path(f"{ONE}note/", follow_up.follow_up_note, name="follow_up_note"),
    path(f"{ONE}hand-on/", follow_up.follow_up_hand_on, name="follow_up_hand_on"),
    path(f"{ONE}postpone/", follow_up.follow_up_postpone, name="follow_up_postpone"),
    path(f"{ONE}drop/", follow_up.follow_up_drop, name="follow_up_drop"),
    path(f"{ONE}reopen/", follow_up.follow_up_reopen, name="follow_up_reopen"),
    path(f"{ONE}evidence/<int:change>/", follow_up.follow_up_file, name="follow_up_file"),
    path(BOARD, follow_ups.board_follow_ups, name="board_follow_ups"),
    path(f"{BOARD}new/", follow_ups.follow_up_new, name="follow_up_new"),
    path(f"{BOARD}hand-on/", follow_ups.follow_ups_left, name="follow_ups_left"),
]
