"""Your account, and how you sign in."""

from django.urls import include, path

from partnership.accounts.views.account import account

urlpatterns = [
    path("", account, name="account"),
    path("", include("allauth.urls")),
]
