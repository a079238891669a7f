"""Questions that the public puts to a board."""

from django.urls import path

from assemblies.questions.views import public

urlpatterns = [
    path("meetings/<slug:slug>/questions/", public.meeting_questions, name="meeting_questions"),
    path("meetings/<slug:slug>/questions/yours/<key:key>/", public.meeting_questions, name="question_link"),
]
