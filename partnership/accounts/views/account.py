"""Your account: your name, how you sign in, where to change each."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from partnership.accounts.actions import person
from partnership.accounts.forms import PersonForm


def account(request: HttpRequest) -> HttpResponse:
    assert request.user.is_authenticated  # as LoginRequiredMiddleware sees to
    form = PersonForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        person.rename(user=request.user, name=form.cleaned_data["name"], by=request.user)
        messages.success(request, "Your name is changed.")
        return redirect("account")
    return render(request, "accounts/account.html", {"form": form})
