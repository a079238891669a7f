from django.urls import path

from assemblies.views import home

urlpatterns = [
    path("", home.home, name="home"),
    path("home/", home.my_home, name="my_home"),
]
