"""Addresses of elections, under /elections/."""

from django.urls import path

from partnership.elections.views import candidates, cannot_count, elections, nominations, roll, staff, voting

urlpatterns = [
    path("", elections.elections, name="elections"),
    path("new/", staff.election_new, name="election_new"),
    path("<slug:slug>/", elections.election, name="election"),
    path("<slug:slug>/votes/", elections.votes, name="election_votes"),
    path("<slug:slug>/votes.csv", elections.votes_file, name="election_votes_file"),
    path("<slug:slug>/cannot-be-counted/", cannot_count.election_cannot_count, name="election_cannot_count"),
    path("<slug:slug>/manage/hold-again/", cannot_count.election_hold_again, name="election_hold_again"),
    path("<slug:slug>/nominate/", nominations.nominate, name="election_nominate"),
    path("<slug:slug>/nominations/<int:pk>/", nominations.nomination, name="election_nomination"),
    path("<slug:slug>/vote/", voting.vote, name="election_vote"),
    path("<slug:slug>/vote/<slug:partner>/", voting.vote_for, name="election_vote_for"),
    path("<slug:slug>/voter/<slug:partner>/", voting.voter_name, name="election_voter"),
    path("<slug:slug>/manage/", staff.election_manage, name="election_manage"),
    path("<slug:slug>/manage/edit/", staff.election_edit, name="election_edit"),
    path("<slug:slug>/manage/announce/", staff.election_announce, name="election_announce"),
    path("<slug:slug>/manage/extend/", staff.election_extend, name="election_extend"),
    path("<slug:slug>/manage/publish/", staff.election_publish, name="election_publish"),
    path("<slug:slug>/manage/cancel/", staff.election_cancel, name="election_cancel"),
    path("<slug:slug>/manage/nominations/<int:pk>/take-out/", candidates.candidate_take_out, name="candidate_take_out"),
    path("<slug:slug>/manage/roll/", roll.election_roll, name="election_roll"),
    path("<slug:slug>/manage/roll/add/", roll.election_roll_add, name="election_roll_add"),
    path("<slug:slug>/manage/roll/chase/", roll.election_roll_chase, name="election_roll_chase"),
    path("<slug:slug>/manage/roll/<int:pk>/voter/", roll.election_voter_change, name="election_voter_change"),
    path("<slug:slug>/manage/roll/<int:pk>/remove/", roll.election_roll_remove, name="election_roll_remove"),
]
