"""What stands in the way of partners: who owns it, and which board is asked to help."""

from django.urls import path

from assemblies.blockers.views import blocker, blockers, steps

ONE = "blockers/<int:pk>/"

urlpatterns = [
    path("blockers/", blockers.blockers, name="blockers"),
    path("blockers/new/", blockers.blocker_new, name="blocker_new"),
    path(ONE, blocker.blocker, name="blocker"),
    path(f"{ONE}take-on/", blocker.blocker_take_on, name="blocker_take_on"),
    path(f"{ONE}ask/", steps.blocker_ask, name="blocker_ask"),
    path(f"{ONE}hand-on/", steps.blocker_hand_on, name="blocker_hand_on"),
    path(f"{ONE}hand-back/", steps.blocker_hand_back, name="blocker_hand_back"),
    path(f"{ONE}note/", steps.blocker_note, name="blocker_note"),
    path(f"{ONE}escalate/", steps.blocker_escalate, name="blocker_escalate"),
    path(f"{ONE}bring-back/", steps.blocker_bring_back, name="blocker_bring_back"),
    path(f"{ONE}resolve/", steps.blocker_resolve, name="blocker_resolve"),
    path(f"{ONE}withdraw/", steps.blocker_withdraw, name="blocker_withdraw"),
    path(f"{ONE}reopen/", steps.blocker_reopen, name="blocker_reopen"),
]
