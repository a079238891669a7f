"""Privacy, accessibility, cookies, contact and help: one address each, and one where staff edit it."""

from django.urls import path

from partnership.about.models import Page
from partnership.about.views.page import page, page_edit

urlpatterns = [
    *(path(f"{name}/", page, {"name": name}, name=name) for name in Page.Name.values),
    *(path(f"{name}/edit/", page_edit, {"name": name}, name=f"about_{name}_edit") for name in Page.Name.values),
]
