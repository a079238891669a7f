"""Questions that the public puts to a board: how to ask, by when, which are taken, and what was answered. Fixed words come before
keys."""

from django.urls import path

from assemblies.questions.views import asked, decided, public, question_rules

PUBLIC = "meetings/<slug:slug>/questions/"
MANAGE = "meetings/<slug:slug>/manage/questions/"

urlpatterns = [
    path(PUBLIC, public.meeting_questions, name="meeting_questions"),
    path(f"{PUBLIC}ask/", asked.question_ask, name="question_ask"),
    path(f"{PUBLIC}sent/", asked.question_sent, name="question_sent"),
    path(f"{PUBLIC}yours/<key:key>/", asked.question_link, name="question_link"),
    path(f"{PUBLIC}yours/<key:key>/withdraw/", asked.question_withdraw, name="question_withdraw"),
    path(MANAGE, decided.manage_questions, name="manage_questions"),
    path(f"{MANAGE}new/", decided.manage_question_new, name="manage_question_new"),
    path(f"{MANAGE}<int:pk>/accept/", decided.manage_question_accept, name="manage_question_accept"),
    path(f"{MANAGE}<int:pk>/reject/", decided.manage_question_reject, name="manage_question_reject"),
    path(f"{MANAGE}<int:pk>/reply/", decided.manage_question_reply, name="manage_question_reply"),
    path("boards/<slug:slug>/questions/", question_rules.board_question_rules, name="board_question_rules"),
]
