"""The purpose of a board, its versions, and the rounds that ask its members about it."""

from django.urls import path

from assemblies.purpose.views import purpose, purpose_round

BOARD = "boards/<slug:slug>/purpose/"

urlpatterns = [
    path(BOARD, purpose.purpose, name="purpose"),
    path(f"{BOARD}write/", purpose.purpose_write, name="purpose_write"),
    path(f"{BOARD}ask/", purpose_round.purpose_ask, name="purpose_ask"),
    path(f"{BOARD}rounds/<int:pk>/", purpose_round.purpose_round, name="purpose_round"),
    path(f"{BOARD}<int:number>/", purpose.purpose_version, name="purpose_version"),
]
