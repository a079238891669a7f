"""Signing in as somebody with one click: demonstrations only, see the check beside this."""

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from partnership.local.only_here import only_here
from partnership.local.people import offered as people_of_the_demonstration

SESSION_KEY = "demonstration_sign_in"  # read by the second-factor middleware


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@only_here
def sign_in_as(request: HttpRequest) -> HttpResponse:
    """Offers one person for each role; POST signs in as the one chosen and counts as their second factor."""
    people = people_of_the_demonstration()
    if request.method == "POST":
        user = next((user for _, user in people if user.email == request.POST.get("email", "")), None)
        if user is None:
            raise Http404
        login(request, user, backend="django.contrib.auth.backends.ModelBackend")
        request.session[SESSION_KEY] = True
        return redirect("my_home")
    return render(request, "local/sign_in_as.html", {"people": people})
