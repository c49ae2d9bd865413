"""Pages of topics: the list, one of them with its discussion, its moves, proposing one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.alliance.models import Field, Topic
from dure.alliance.roundtables import queries as roundtables
from dure.alliance.topics import access, adoption, following, forms, proposing, queries, rules, sheets, words
from dure.alliance.votes import queries as votes
from dure.foundation import acting
from dure.foundation.faults import Faulty, sentence
from dure.foundation.forms import show_faults
from dure.foundation.pages import page_of, person_of, render, signed_in


@require_GET
def topics_page(request: HttpRequest) -> HttpResponse:
    """All that this person may read; `?group=`, `?field=` and `?followed=1` leave some; with `?as=` a file."""
    person = signed_in(request)
    group, field = request.GET.get("group", ""), request.GET.get("field", "")
    followed = request.GET.get("followed") == "1"
    rows = queries.listed(person, group=group, field=field, followed=followed)
    if form := sheets.asked_for(request):
        return sheets.topics(form, rows)
    context = {
        "page": page_of(request, rows),
        "groups": [("open", _("Waiting")), ("running", _("Under discussion")), ("done", _("Closed"))],
        "fields": Field.choices,
        "group": group,
        "field": field,
        "followed": followed,
        "may_propose": bool(rules.may_propose(person)),
    }
    return render(request, "alliance/topics/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Propose one."""
    person = signed_in(request)
    form = forms.TopicForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            made = proposing.propose(by=person, given=form.cleaned_data)
        except Faulty as faulty:
            show_faults(form, faulty)
        else:
            messages.success(request, _("Proposed. The secretariat was told; you follow it."))
            return redirect("alliance:topic", made.uid)
    context = {"form": form, "may": rules.may_propose(person), "topic": None}
    return render(request, "alliance/topics/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write the text anew, while it waits."""
    person = signed_in(request)
    topic = access.access_own(person, uid)
    form = forms.TopicForm(request.POST or None, person=person, instance=topic)
    if request.method == "POST" and form.is_valid():
        try:
            proposing.edit(topic, by=person, given=form.cleaned_data)
        except Faulty as faulty:
            show_faults(form, faulty)
        else:
            messages.success(request, _("Saved."))
            return redirect("alliance:topic", uid)
    context = {"form": form, "may": rules.may_edit(person, topic), "topic": topic}
    return render(request, "alliance/topics/edit.html", context, status=422 if form.errors else 200)


@require_GET
def topic_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    return show(request, access.access_topic(person_of(request), uid))


def show(
    request: HttpRequest,
    topic: Topic,
    taken: acting.Taken | None = None,
    message: forms.MessageForm | None = None,
) -> HttpResponse:
    """Its page; `taken` is a move whose form needs attention, `message` a word that does."""
    person = person_of(request)
    offers = acting.offers_of(request, topic, forms.MOVE_FORMS)
    mine: Any = rules.leads(person, topic) or rules.is_proposer(person, topic)
    context = {
        "topic": topic,
        "next": words.NEXT[topic.state],
        "who_sees": words.who_sees(topic),
        "offers": offers if mine else [],
        "forms": acting.forms_for(topic, offers, forms.MOVE_FORMS, taken),
        "may_edit": bool(rules.may_edit(person, topic)),
        "may_write": rules.may_write(person, topic),
        "is_followed": following.follows(topic, person),
        "merged": queries.merged_into(person, topic),
        "roundtables": roundtables.of_topic(person, topic),
        "became": adoption.became(person, topic),
        "votes": votes.of_topic(person, topic),
        "page": page_of(request, queries.messages_of(topic)),
        "message_form": message or forms.MessageForm(),
    }
    return render(request, "alliance/topics/topic.html", context, status=422 if taken or message else 200)


@require_POST
def act(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Merge, park, take up again, reject, withdraw."""
    topic = access.access_topic(signed_in(request), uid)
    try:
        taken = acting.take(request, topic, forms.MOVE_FORMS)
    except Faulty as faulty:
        messages.error(request, " ".join(sentence(fault) for fault in faulty.faults))
        return redirect("alliance:topic", uid)
    if taken.form is not None:
        return show(request, topic, taken)
    messages.success(request, str(forms.DONE[taken.action]))
    return redirect("alliance:topic", uid)


@require_POST
def follow(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Follow it, or with `stop=1` no longer."""
    person = signed_in(request)
    topic = access.access_topic(person, uid)
    if request.POST.get("stop") == "1":
        following.unfollow(topic, by=person)
        messages.success(request, _("You are not told about this topic any more."))
    else:
        following.follow(topic, by=person)
        messages.success(request, _("You are told what becomes of this topic."))
    return redirect("alliance:topic", uid)


@require_POST
def write(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say something about it."""
    person = signed_in(request)
    topic = access.access_topic(person, uid)
    form = forms.MessageForm(request.POST)
    if not form.is_valid():
        return show(request, topic, message=form)
    proposing.write(topic, by=person, body=form.cleaned_data["body"])
    messages.success(request, _("It stands in the discussion; followers were told."))
    return redirect("alliance:topic", uid)
