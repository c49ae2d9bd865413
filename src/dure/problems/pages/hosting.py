"""Preparing a challenge: one page per step, each with what is still missing."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.foundation import acting, clock
from dure.foundation.faults import Fault, Faulty
from dure.foundation.pages import person_of, render
from dure.problems import access, finding_words, forms_hosting, readiness
from dure.problems.actions import baselines, challenges, leaks, preparing
from dure.problems.metric_words import USES
from dure.problems.models import Challenge, DatasetFile, Team
from dure.problems.pages.hosting_shell import GOOD, Outcome, attempt, hosted, show
from dure.problems.queries import hosting as queries

both = require_http_methods(["GET", "POST"])


@both
def new(request: HttpRequest, uid: str) -> HttpResponse:
    """Begin preparing the challenge of an accepted need."""
    person = person_of(request)
    problem = access.access_problem(person, uid)
    form = forms_hosting.NewChallengeForm(request.POST or None)
    outcome = GOOD
    if request.method == "POST" and form.is_valid():
        slug = form.cleaned_data["slug"]
        outcome = attempt(lambda: challenges.create_challenge(by=person, problem=problem, slug=slug))
        if outcome.is_good:
            return redirect("problems:manage", slug=slug)
    context = {"problem": problem, "form": form, "refused": outcome.refused}
    return render(request, "problems/hosting/new.html", context, status=outcome.status)


@require_GET
def manage(request: HttpRequest, slug: str) -> HttpResponse:
    """The checklist while it is prepared; how it runs after that."""
    challenge = hosted(request, slug)
    forms_of = {"cancel": forms_hosting.ReasonForm}
    more: dict[str, Any] = {"offers": acting.offers_of(request, challenge, forms_of)}
    more["forms"] = {"cancel": forms_hosting.ReasonForm(auto_id="cancel-%s")}
    if challenge.state == "draft":
        return show(request, slug, "prepare", more)
    more |= {"stand": queries.stand(challenge), "teams": list(queries.teams(challenge)[:200])}
    return show(request, slug, "running", more)


@require_POST
def act(request: HttpRequest, slug: str) -> HttpResponse:
    """Open, close, cancel or finish; opening opens the need as well, which is then shown as open."""
    challenge, person = hosted(request, slug), person_of(request)
    action, data = request.POST.get("action", ""), {"reason": request.POST.get("reason", "")}
    outcome = attempt(lambda: challenges.move(by=person, challenge=challenge, action=action, data=data))
    if outcome.is_good:
        return redirect("problems:manage", slug=slug)
    if outcome.refused is not None:
        messages.error(request, str(outcome.refused.message))
    return redirect("problems:manage", slug=slug)


@both
def data(request: HttpRequest, slug: str) -> HttpResponse:
    """Files, licence, attribution."""
    challenge = hosted(request, slug)
    outcome = attempt(lambda: _data(request, challenge)) if request.method == "POST" else GOOD
    if request.method == "POST" and outcome.is_good:
        return redirect("problems:manage_data", slug=slug)
    now = hosted(request, slug)
    given = {"licence": now.dataset.licence, "attribution": now.dataset.attribution} if now.dataset else {}
    more = {
        "files": list(now.dataset.files.select_related("blob")) if now.dataset else [],
        "licence": forms_hosting.LicenceForm(initial=given),
        "part": forms_hosting.FileForm(initial={"part": "train"}),
    }
    return show(request, slug, "data", more, outcome=outcome)


def _data(request: HttpRequest, challenge: Challenge) -> None:
    person, action = person_of(request), request.POST.get("action")
    if action == "licence":
        licence = request.POST.get("licence", "")
        preparing.set_licence(
            by=person, challenge=challenge, licence=licence, attribution=request.POST.get("attribution", "")
        )
    elif action == "remove":
        file = DatasetFile.objects.filter(
            dataset=challenge.dataset_id, filename=request.POST.get("filename", "")
        ).first()
        if file is not None:
            preparing.remove_file(by=person, challenge=challenge, file=file)
    else:
        upload = _upload(request)
        part = request.POST.get("part", "")
        kind = part if part in DatasetFile.Part.values else DatasetFile.Part.OTHER
        preparing.put_file(
            by=person, challenge=challenge, part=kind, filename=upload.name or "", stream=upload
        )


def _upload(request: HttpRequest) -> Any:
    upload = request.FILES.get("file")
    if upload is None:
        raise Faulty([Fault("no_file")])
    return upload


@both
def answers(request: HttpRequest, slug: str) -> HttpResponse:
    """The hidden answers: read in the limited child, shown to hosts only."""
    challenge = hosted(request, slug)
    if request.method == "POST":
        outcome = attempt(
            lambda: preparing.put_answers(by=person_of(request), challenge=challenge, stream=_upload(request))
        )
        if outcome.is_good:
            messages.success(request, _("The answers were read."))
            return redirect("problems:manage_columns", slug=slug)
    else:
        outcome = GOOD
    now = hosted(request, slug)
    more = (
        dict(zip(("rows", "columns", "head"), preparing.head_of(now.draft_answers), strict=True))
        if now.draft_answers
        else {}
    )
    return show(request, slug, "answers", more, outcome=outcome)


@both
def columns(request: HttpRequest, slug: str) -> HttpResponse:
    """The columns as guessed or kept, editable; every fault at once, with the cells as they were typed."""
    challenge = hosted(request, slug)
    if request.method == "POST" and request.POST.get("action") != "guess":
        schema = forms_hosting.schema_of(request.POST)
        outcome = attempt(
            lambda: preparing.set_schema(by=person_of(request), challenge=challenge, schema=schema)
        )
        if outcome.is_good:
            return redirect("problems:manage_metric", slug=slug)
    else:
        schema, outcome = _known_schema(request, challenge)
    groups = [name for name in _answer_columns(challenge) if name not in schema.get("id_columns", [])]
    more = {"schema": schema, "kinds": _kinds(), "uses": USES.items(), "groups": groups}
    return show(request, slug, "columns", more, outcome=outcome)


def _known_schema(request: HttpRequest, challenge: Challenge) -> tuple[dict[str, Any], Outcome]:
    if challenge.schema and request.method == "GET":
        return challenge.schema, GOOD
    try:
        return preparing.guess(challenge, group_column=request.POST.get("group_column") or None), GOOD
    except Faulty as faulty:
        return {}, Outcome(faults=faulty.faults)


def _kinds() -> list[tuple[str, str]]:
    return [
        ("label", _("a class")),
        ("number", _("a number")),
        ("probability", _("a probability")),
        ("quantile", _("a quantile")),
        ("text", _("text")),
        ("boxes", _("boxes in a picture")),
        ("mask", _("a mask of a picture")),
    ]


@both
def metric(request: HttpRequest, slug: str) -> HttpResponse:
    """The metrics that fit, each in plain words; a second one and the target."""
    challenge = hosted(request, slug)
    outcome = attempt(lambda: _metric(request, challenge)) if request.method == "POST" else GOOD
    if request.method == "POST" and outcome.is_good:
        return redirect("problems:manage_metric", slug=slug)
    now = hosted(request, slug)
    choices = queries.choices(now)
    others = [choice for choice in choices if not choice.natural]
    more = {
        "choices": choices,
        "others": others,
        "other_chosen": any(choice.key == now.metric for choice in others),
        "second_choices": queries.second_choices(now),
    }
    return show(request, slug, "metric", more, outcome=outcome)


def _metric(request: HttpRequest, challenge: Challenge) -> None:
    key, target = request.POST.get("metric", ""), request.POST.get("target", "").strip()
    try:
        wanted = float(target) if target else None
    except ValueError as error:
        raise Faulty([Fault("schema_not_number", place=_("Target"))]) from error
    preparing.choose_metric(
        by=person_of(request),
        challenge=challenge,
        metric=key,
        parameters=forms_hosting.parameters_of(request.POST, key),
        second_metric=request.POST.get("second_metric", "") if key == challenge.metric else "",
        target=wanted,
    )


@both
def split(request: HttpRequest, slug: str) -> HttpResponse:
    """How rows are divided, with the counts it gives."""
    challenge = hosted(request, slug)
    initial = {
        "mode": challenge.split_mode,
        "column": challenge.split_column,
        "share": challenge.public_share,
    }
    form = forms_hosting.SplitForm(request.POST or None, initial=initial, columns=_answer_columns(challenge))
    outcome = GOOD
    if request.method == "POST" and form.is_valid():
        outcome = attempt(
            lambda: preparing.choose_split(by=person_of(request), challenge=challenge, **form.cleaned_data)
        )
        if outcome.is_good:
            messages.success(request, _("The rows are divided so."))
            return redirect("problems:manage_split", slug=slug)
    seen = _preview(
        challenge, mode=challenge.split_mode, column=challenge.split_column, share=challenge.public_share
    )
    more = {"form": form, **seen}
    return show(request, slug, "split", more, outcome=outcome, status=422 if form.errors else None)


def _answer_columns(challenge: Challenge) -> list[str]:
    return preparing.head_of(challenge.draft_answers)[1] if challenge.draft_answers else []


def _preview(challenge: Challenge, *, mode: str, column: str, share: float) -> dict[str, Any]:
    try:
        return {"preview": preparing.preview_split(challenge, mode=mode, column=column, share=share)}
    except Faulty as faulty:
        return {"preview_faults": faulty.faults}


@require_GET
def split_preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The counts alone, for the page that shows them while one chooses."""
    challenge = hosted(request, slug)
    form = forms_hosting.SplitForm(request.GET, columns=_answer_columns(challenge))
    found = _preview(challenge, **form.cleaned_data) if form.is_valid() else {"preview": None}
    return render(request, "problems/hosting/split_preview.html", found)


@both
def phases(request: HttpRequest, slug: str) -> HttpResponse:
    """Dates and limits; the limits of teams beside them. Dates may move while it runs, what teams build on may not."""
    challenge = hosted(request, slug)
    known: list[dict[str, Any]] = [
        {name: getattr(phase, name) for name in forms_hosting.PhaseForm.base_fields}
        for phase in challenge.phases.all()
    ]
    if request.GET.get("more") or not known:
        known.append(_next_phase(known))
    rows = forms_hosting.PhaseFormSet(request.POST or None, initial=known)
    limits = forms_hosting.LimitsForm(
        request.POST or None, initial={name: getattr(challenge, name) for name in preparing.LIMITS}
    )
    outcome, status = GOOD, None
    if request.method == "POST":
        good = rows.is_valid() and (challenge.state != "draft" or limits.is_valid())
        outcome = attempt(lambda: _phases(request, challenge, rows, limits)) if good else GOOD
        if good and outcome.is_good:
            messages.success(request, _("Saved."))
            return redirect("problems:manage_phases", slug=slug)
        status = None if good else 422
    return show(request, slug, "phases", {"rows": rows, "limits": limits}, outcome=outcome, status=status)


def _next_phase(known: list[dict[str, Any]]) -> dict[str, Any]:
    """A proposal: from now, or from the end of the last one, for eight weeks, until the end of a day in Korea."""
    starts = (known[-1]["ends_at"] if known else None) or clock.now()
    last_day = timezone.localtime(starts + timedelta(weeks=8), timezone.get_default_timezone())
    ends = last_day.replace(hour=23, minute=59, second=0, microsecond=0)
    return {"starts_at": starts, "ends_at": ends, "per_day": 5, "per_phase": 100}


def _phases(request: HttpRequest, challenge: Challenge, rows: Any, limits: forms.Form) -> None:
    person = person_of(request)
    kept = [form.cleaned_data for form in rows.forms if form.cleaned_data and not form.cleaned_data["DELETE"]]
    plain = [{name: value for name, value in row.items() if name != "DELETE"} for row in kept]
    challenges.set_phases(
        by=person, challenge=challenge, phases=sorted(plain, key=lambda row: row["starts_at"])
    )
    if challenge.state == "draft":
        preparing.set_limits(by=person, challenge=challenge, **limits.cleaned_data)


@both
def rules(request: HttpRequest, slug: str) -> HttpResponse:
    """Prize, tie rule, Ladder."""
    challenge = hosted(request, slug)
    form = forms_hosting.RulesForm(
        request.POST or None, initial={name: getattr(challenge, name) for name in preparing.RULES}
    )
    outcome = GOOD
    if request.method == "POST" and form.is_valid():
        outcome = attempt(
            lambda: preparing.set_rules(by=person_of(request), challenge=challenge, **form.cleaned_data)
        )
        if outcome.is_good:
            messages.success(request, _("Saved."))
            return redirect("problems:manage_rules", slug=slug)
    return show(request, slug, "rules", {"form": form}, outcome=outcome, status=422 if form.errors else None)


@both
def story(request: HttpRequest, slug: str) -> HttpResponse:
    """The pages participants read, each in both languages; `?page=` opens one, the next free number makes one."""
    challenge = hosted(request, slug)
    pages = list(challenge.pages.all())
    free = max((page.number for page in pages), default=0) + 1
    asked = request.POST.get("number") or request.GET.get("page") or ""
    number = (
        min(int(asked), free) if asked.isdecimal() and int(asked) else (pages[0].number if pages else free)
    )
    chosen = next((page for page in pages if page.number == number), None)
    fields = ("title_ko", "title_en", "body_ko", "body_en")
    form = forms_hosting.PageForm(
        request.POST or None, initial={name: getattr(chosen, name) for name in fields} if chosen else {}
    )
    if request.method == "POST" and form.is_valid() and request.POST.get("action") != "preview":
        preparing.put_page(by=person_of(request), challenge=challenge, number=number, texts=form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("problems:manage_story", slug=slug)
    preview = form.cleaned_data if request.method == "POST" and form.is_valid() else None
    more = {"form": form, "pages": pages, "number": number, "free": free, "preview": preview}
    return show(request, slug, "story", more)


@both
def baselines_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Baselines with their results; also before the opening."""
    challenge = hosted(request, slug)
    outcome = attempt(lambda: _baseline(request, challenge)) if request.method == "POST" else GOOD
    if request.method == "POST" and outcome.is_good:
        return redirect("problems:manage_baselines", slug=slug)
    rows = queries.all_submissions(challenge).filter(team__is_baseline=True)
    more = {"rows": list(rows[:100]), "form": forms_hosting.BaselineForm()}
    more["waiting"] = any(one.state in {"queued", "running"} for row in more["rows"] for one in row.in_force)  # type: ignore[attr-defined]  # a list of rows
    return show(request, slug, "baselines", more, outcome=outcome)


def _baseline(request: HttpRequest, challenge: Challenge) -> None:
    person = person_of(request)
    if request.POST.get("action") == "remove":
        team = Team.objects.filter(challenge=challenge, uid=request.POST.get("team", "")).first()
        if team is not None:
            baselines.remove_baseline(by=person, team=team)
        return
    upload = _upload(request)
    baselines.add_baseline(
        by=person,
        challenge=challenge,
        name=request.POST.get("name", ""),
        stream=upload,
        filename=upload.name or "",
    )


@both
def checks(request: HttpRequest, slug: str) -> HttpResponse:
    """The leak checks: run, read, mend or answer for."""
    challenge = hosted(request, slug)
    person = person_of(request)
    outcome = GOOD
    if request.method == "POST" and request.POST.get("action") == "reason":
        reason = request.POST.get("reason", "")
        outcome = attempt(lambda: leaks.open_all_the_same(by=person, challenge=challenge, reason=reason))
    elif request.method == "POST":
        outcome = attempt(lambda: leaks.ask(by=person, challenge=challenge))
    if request.method == "POST" and outcome.is_good:
        return redirect("problems:manage_checks", slug=slug)
    return show(request, slug, "checks", _checks(hosted(request, slug)), outcome=outcome)


def _checks(challenge: Challenge) -> dict[str, Any]:
    return {
        "running": leaks.is_running(challenge),
        "state": readiness.check_state(challenge),
        "told": finding_words.tell_all(challenge.findings),
        "reason": forms_hosting.ReasonForm(initial={"reason": challenge.findings_reason}),
    }


@require_GET
def findings(request: HttpRequest, slug: str) -> HttpResponse:
    """The findings alone, for the page that waits for them."""
    challenge = hosted(request, slug)
    return render(request, "problems/hosting/findings.html", {"challenge": challenge, **_checks(challenge)})
