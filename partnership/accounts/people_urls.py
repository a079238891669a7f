"""People with an account, for staff."""

from django.urls import path

from partnership.accounts.views import people

urlpatterns = [
    path("", people.people, name="people"),
    path("<int:pk>/", people.person, name="person"),
    path("<int:pk>/second-step/", people.person_second_step, name="person_second_step"),
]
