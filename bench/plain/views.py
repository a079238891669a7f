from django import forms
from django.shortcuts import get_object_or_404, redirect, render

from bench.plain.models import Person


class PersonForm(forms.ModelForm):
    class Meta:
        model = Person
        fields = ["name", "email", "organisation", "role", "place", "access"]


def register(request, slug):
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.instance.meeting = slug
        form.save()
        return redirect("check", slug)
    return render(request, "plain/form.html", {"form": form})


def check(request, slug):
    return render(request, "plain/check.html", {"slug": slug})


def confirm(request, key):
    person = get_object_or_404(Person, key=key)
    if request.method == "POST":
        person.confirmed = True
        person.save()
        return redirect("person", key)
    return render(request, "plain/confirm.html", {"person": person})


def show(request, key):
    return render(request, "plain/person.html", {"person": get_object_or_404(Person, key=key)})
