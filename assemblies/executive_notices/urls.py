"""Notices of council executives. Fixed words come before numbers."""

from django.urls import path

from assemblies.executive_notices.views import notice

NOTICES = "boards/<slug:slug>/notices/"

urlpatterns = [
    path(NOTICES, notice.executive_notices, name="executive_notices"),
    path(f"{NOTICES}to-publish/", notice.executive_notices_due, name="executive_notices_due"),
    path(f"{NOTICES}decisions/<int:pk>/<slug:kind>/", notice.key_notice_new, name="key_notice_new"),
    path(f"{NOTICES}meetings/<slug:meeting>/<slug:kind>/", notice.private_notice_new, name="private_notice_new"),
    path(f"{NOTICES}<int:pk>/", notice.executive_notice, name="executive_notice"),
    path(f"{NOTICES}<int:pk>/withdraw/", notice.executive_notice_withdraw, name="executive_notice_withdraw"),
]
