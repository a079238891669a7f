"""Following a meeting, and who organises it."""

from django.urls import path

from assemblies.meetings.views import follow, organisers

urlpatterns = [
    path("meetings/<slug:slug>/manage/organisers/", organisers.manage_organisers, name="manage_organisers"),
    path("meetings/<slug:slug>/follow/", follow.follow, name="follow"),
    path("meetings/<slug:slug>/follow/sent/", follow.follow_sent, name="follow_sent"),
    path("meetings/<slug:slug>/follow/<key:key>/", follow.follow_link, name="follow_link"),
    path("meetings/<slug:slug>/follow/<key:key>/stop/", follow.follow_stop, name="follow_stop"),
]
