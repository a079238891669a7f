"""The register of interests. Fixed words come before numbers."""

from django.urls import path

from partnership.interests.views import interests, register

PERSON = "interests/people/<int:person>/"

urlpatterns = [
    path("boards/<slug:slug>/interests/", register.board_interests, name="board_interests"),
    path("interests/", interests.my_interests, name="my_interests"),
    path("interests/due/", register.interests_due, name="interests_due"),
    path("interests/new/<slug:code>/", interests.interest_new, name="interest_new"),
    path("interests/confirm/<slug:code>/", interests.interests_confirm, name="interests_confirm"),
    path(PERSON, interests.person_interests, name="person_interests"),
    path(f"{PERSON}new/<slug:code>/", interests.interest_new, name="interest_new_for"),
    path(f"{PERSON}confirm/<slug:code>/", interests.interests_confirm, name="interests_confirm_for"),
    path("interests/<int:pk>/correct/", interests.interest_correct, name="interest_correct"),
    path("interests/<int:pk>/end/", interests.interest_end, name="interest_end"),
    path("interests/<int:pk>/withheld/", interests.interest_withheld, name="interest_withheld"),
]
