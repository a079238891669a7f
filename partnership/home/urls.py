"""The start page, a person's own home, and the search."""

from django.urls import path

from partnership.home import views

urlpatterns = [
    path("", views.home, name="home"),
    path("home/", views.my_home, name="my_home"),
    path("search/", views.find, name="search"),
]
