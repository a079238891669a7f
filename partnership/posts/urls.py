"""Posts and applications."""

from django.urls import path

from partnership.posts.views import applications, manage, posts

urlpatterns = [
    path("boards/<slug:slug>/seats/<int:pk>/advertise/", manage.post_new, name="post_new"),
    path("posts/", posts.posts, name="posts"),
    path("posts/applications/<uuid:key>/", posts.application_own, name="application_own"),
    path("posts/<slug:slug>/", posts.post, name="post"),
    path("posts/<slug:slug>/outline/", posts.post_outline, name="post_outline"),
    path("posts/<slug:slug>/apply/", posts.post_apply, name="post_apply"),
    path("posts/<slug:slug>/apply/sent/", posts.post_applied, name="post_applied"),
    path("posts/<slug:slug>/edit/", manage.post_edit, name="post_edit"),
    path("posts/<slug:slug>/manage/", manage.post_manage, name="post_manage"),
    path("posts/<slug:slug>/manage/discard/", manage.post_discard, name="post_discard"),
    path("posts/<slug:slug>/manage/end/", manage.post_end, name="post_end"),
    path("posts/<slug:slug>/manage/declare/", manage.post_declare, name="post_declare"),
    path("posts/<slug:slug>/manage/panel/", manage.post_panel, name="post_panel"),
    path("posts/<slug:slug>/manage/panel/<int:pk>/remove/", manage.post_panel_remove, name="post_panel_remove"),
    path("posts/<slug:slug>/manage/step/<slug:step>/", manage.post_step, name="post_step"),
    path("posts/<slug:slug>/manage/applications/<int:pk>/", applications.application, name="application"),
    path("posts/<slug:slug>/manage/applications/<int:pk>/cv/", applications.application_cv, name="application_cv"),
    path(
        "posts/<slug:slug>/manage/applications/<int:pk>/shortlist/",
        applications.application_shortlist,
        name="application_shortlist",
    ),
    path(
        "posts/<slug:slug>/manage/applications/<int:pk>/appoint/",
        applications.application_appoint,
        name="application_appoint",
    ),
]
