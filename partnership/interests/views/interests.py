"""What somebody declares: their own pages, and the same for staff who keep the register."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnership.accounts.models import User
from partnership.interests import asked, register
from partnership.interests.actions import interest as actions
from partnership.interests.actions import interests_return
from partnership.interests.forms.interest import AgreedForm, EndForm, InterestForm
from partnership.interests.interest_kinds import CODES, Code
from partnership.interests.models import Interest
from partnership.refusals import Refusal
from partnership.ui.access import needs_permission, refuse_without
from partnership.ui.confirm import confirm

KEEP = "interests.keep_register"


@require_safe
def my_interests(request: HttpRequest) -> HttpResponse:
    return _page(request, request.user)


@require_safe
@needs_permission(KEEP)
def person_interests(request: HttpRequest, person: int) -> HttpResponse:
    """The page of somebody who sits on a board, for staff who enter what reached them on paper."""
    return _page(request, _person(person))


def interest_new(request: HttpRequest, code: str, person: int | None = None) -> HttpResponse:
    declarer = _declarer(request, person)
    form = InterestForm(request.POST or None, code=_code(declarer, code))
    return _declare(request, form, declarer)


def interest_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """A new row in its place: what was declared before stays in the record."""
    interest = get_object_or_404(Interest.objects.visible_to(request.user).standing().select_related("person"), pk=pk)
    form = InterestForm(request.POST or None, code=interest.code, corrects=interest)
    return _declare(request, form, interest.person, corrects=interest)


def interest_end(request: HttpRequest, pk: int) -> HttpResponse:
    interest = get_object_or_404(Interest.objects.visible_to(request.user).in_force().select_related("person"), pk=pk)
    back = _address(request, interest.person)
    form = EndForm(request.POST or None)
    if form.is_valid():
        try:
            actions.end(interest=interest, by=request.user, ended_on=form.cleaned_data["ended_on"])
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Saved. It stays on the register for six months, with the day on which it ended.")
            return redirect(back)
    return confirm(
        request, form=form, question="When did this interest end?", about=f"{interest.body}: {interest.nature}", back=back,
        consequence="", trail=_trail(request, interest.person), warning=False,
    )  # fmt: skip


def interests_confirm(request: HttpRequest, code: str, person: int | None = None) -> HttpResponse:
    """“This is all”, or “there is nothing”."""
    declarer = _declarer(request, person)
    chosen = _code(declarer, code)
    is_nil = not Interest.objects.public().in_force().under(chosen).filter(person=declarer).exists()
    back = _address(request, declarer)
    if request.method == "POST":
        try:
            interests_return.confirm(person=declarer, code=chosen, by=request.user, is_nil=is_nil)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Confirmed. We will ask again in a year. Declare new interests within 28 days.")
        return redirect(back)
    return confirm(
        request,
        question="Is there nothing to declare?" if is_nil else "Are these all your interests?",
        consequence="The register says that you confirmed this today."
        if declarer == request.user
        else f"The register says that {declarer} confirmed this today.",
        label="There is nothing to declare" if is_nil else "These are all",
        back=back,
        trail=_trail(request, declarer),
        warning=False,
    )


@needs_permission(KEEP)
def interest_withheld(request: HttpRequest, pk: int) -> HttpResponse:
    """Staff record who agreed that details are withheld, or publish them."""
    rows = Interest.objects.visible_to(request.user).standing().filter(is_withheld=True)
    interest = get_object_or_404(rows.select_related("person"), pk=pk)
    if "publish" in request.GET:
        return _publish_details(request, interest)
    form = AgreedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.agree_to_withhold(interest=interest, by=request.user, **form.cleaned_data)
        messages.success(request, "Recorded who agreed. Its details stay withheld.")
        return redirect("person_interests", person=interest.person_id)
    context = {
        "interest": interest,
        "form": form,
        "trail": _trail(request, interest.person),
        "rules": CODES[interest.code],
    }
    return render(request, "interests/withheld.html", context)


def _publish_details(request: HttpRequest, interest: Interest) -> HttpResponse:
    back = reverse("interest_withheld", args=[interest.pk])
    if request.method == "POST":
        actions.publish_details(interest=interest, by=request.user)
        messages.success(request, "Everybody can read its details now.")
        return redirect("person_interests", person=interest.person_id)
    return confirm(
        request, question="Publish the details of this interest?", about=f"{interest.body}: {interest.nature}", back=back,
        consequence="Everybody can read them from now on. They cannot be withheld again.", label="Publish the details",
        trail=_trail(request, interest.person),
    )  # fmt: skip


def _page(request: HttpRequest, person) -> HttpResponse:
    today = timezone.localdate()
    due = {each.code: each for each in asked.of_person(person, today)}
    sets = [
        {"code": code, "asked": due.get(code), "is_late": code in due and due[code].is_late(today), "interests": interests,
         "confirmed": made, "source": CODES[code].source, "in_force": [each for each in interests if not each.ended_on]}
        for code, interests, made in register.of_person(person, list(Code), today)
        if code in due or interests
    ]  # fmt: skip
    context = {
        "declarer": person,
        "is_own": person == request.user,
        "sets": sets,
        "trail": _trail(request, person)[:-1],
    }
    return render(request, "interests/person.html", context)


def _declare(request: HttpRequest, form: InterestForm, person: User, corrects: Interest | None = None) -> HttpResponse:
    if form.is_valid():
        try:
            actions.declare(person=person, by=request.user, corrects=corrects, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Corrected." if corrects else "Declared. It is on the register now.")
            return redirect(_address(request, person))
    context = {
        "form": form, "declarer": person, "is_own": person == request.user, "corrects": corrects,
        "trail": _trail(request, person),
    }  # fmt: skip
    return render(request, "interests/declare.html", context)


def _declarer(request: HttpRequest, person: int | None):
    if person is None:
        return request.user
    refuse_without(KEEP, request.user)
    return _person(person)


def _person(pk: int) -> User:
    """Somebody who sits on a board or did, or deputises. Raises Http404 for everybody else."""
    return get_object_or_404(asked.people(), pk=pk)


def _code(person: User, code: str) -> Code:
    """The rules, where the person is asked to declare under them. Raises Http404."""
    if code not in Code:
        raise Http404
    if not any(each.code == code for each in asked.of_person(person, timezone.localdate())):
        raise Http404
    return Code(code)


def _address(request: HttpRequest, person: User) -> str:
    return reverse("my_interests") if person == request.user else reverse("person_interests", args=[person.pk])


def _trail(request: HttpRequest, person: User) -> list[tuple[str, str]]:
    """The pages above one about the person's interests."""
    if person == request.user:
        return [("Home", reverse("my_home")), ("Your interests", reverse("my_interests"))]
    return [
        ("Interests to declare", reverse("interests_due")),
        (str(person), reverse("person_interests", args=[person.pk])),
    ]
