"""Following a meeting."""

from django.urls import path

from assemblies.meetings.views import follow

urlpatterns = [
    path("meetings/<slug:slug>/follow/", follow.follow, name="follow"),
    path("meetings/<slug:slug>/follow/<key:key>/", follow.follow_link, name="follow_link"),
    path("meetings/<slug:slug>/follow/<key:key>/stop/", follow.follow_stop, name="follow_stop"),
]
