"""What a challenge still lacks before it can open: one list for the page, REST and the rule."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext as _

from dure.engines.scoring.metrics import METRICS
from dure.foundation import clock
from dure.problems.programs import PROGRAM
from dure.problems.sites import uses


@dataclass(frozen=True, slots=True)
class Step:
    """One step of preparing: what it is, what is missing before opening, and what would be better (never blocks)."""

    key: str
    label: str
    words: str
    missing: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()

    @property
    def done(self) -> bool:
        return not self.missing


def steps(challenge: Any) -> list[Step]:
    """Every step in the order a host takes them; a fixed handful of small queries."""
    return [
        _data(challenge),
        _takes(challenge),
        _sites(challenge) if challenge.is_at_sites else _answers(challenge),
        _columns(challenge),
        _metric(challenge),
        Step("split", _("Public and private rows"), _("Which rows are shown during the challenge")),
        _phases(challenge),
        _rules(challenge),
        _story(challenge),
        _baselines(challenge),
        _checks(challenge),
    ]


def missing(challenge: Any) -> list[str]:
    """All that is missing, in words."""
    return still_missing(challenge, steps(challenge))


def still_missing(challenge: Any, found: Iterable[Step]) -> list[str]:
    """The same for steps that are known already."""
    need = () if challenge.problem.state in {"accepted", "open"} else (_("The need must be accepted first."),)
    return [*need, *(words for step in found for words in step.missing)]


def _data(challenge: Any) -> Step:
    files = list(challenge.dataset.files.values_list("part", flat=True)) if challenge.dataset else []
    lacking = [] if files else [_("Add the files that participants get.")]
    if challenge.dataset and not challenge.dataset.licence.strip():
        lacking.append(_("Name the licence of the data."))
    hints = [] if "sample" in files else [_("A sample submission spares participants wrong files.")]
    return Step("data", _("Data"), _("What participants download"), tuple(lacking), tuple(hints))


def _takes(challenge: Any) -> Step:
    is_code = challenge.takes_code
    lacks = challenge.takes == "code" and not challenge.hidden_inputs.exists()
    lacking = (_("Add the inputs that only submitted code reads."),) if lacks else ()
    words = _("Code, run on hidden inputs") if is_code else _("Predictions, or code that the farm runs")
    return Step("takes", _("What is handed in"), words, lacking)


def _answers(challenge: Any) -> Step:
    there = challenge.draft_answers_id or challenge.answers_id
    lacking = () if there else (_("Add the hidden answers."),)
    return Step("answers", _("Hidden answers"), _("What predictions are scored on"), lacking)


def _sites(challenge: Any) -> Step:
    """Every owner who was asked must have answered, and one of them with yes."""
    states = uses.states(challenge)
    lacking = []
    if "approved" not in states:
        lacking.append(_("At least one site must allow its data to be used."))
    if "asked" in states:
        lacking.append(_("A site has not answered yet; wait, or take the request back."))
    if challenge.metric == PROGRAM:
        lacking.append(_("Sites score by a metric; a program of your own cannot go there."))
    if challenge.second_metric:
        lacking.append(_("Sites measure one metric; take the second one out."))
    return Step("sites", _("Sites"), _("Where the hidden rows are"), tuple(lacking))


def _columns(challenge: Any) -> Step:
    lacking = (
        () if challenge.schema or challenge.metric == PROGRAM else (_("Say what columns are handed in."),)
    )
    return Step("columns", _("Columns"), _("What a submission looks like"), lacking)


def _metric(challenge: Any) -> Step:
    lacking = []
    if not (challenge.metric and challenge.scorer_id):
        lacking.append(_("Choose the metric."))
    elif not (challenge.answers_id or challenge.is_at_sites):
        lacking.append(_("The answers do not fit the columns yet; look at them again."))
    if challenge.tie_rule == "second_metric" and not challenge.second_metric:
        lacking.append(_("The tie rule needs a second metric."))
    return Step("metric", _("Metric and target"), _("How predictions are scored"), tuple(lacking))


def _phases(challenge: Any) -> Step:
    ends = [phase.ends_at for phase in challenge.phases.all()]
    lacking = [] if ends else [_("Set at least one phase with its dates.")]
    if ends and all(end and end <= clock.now() for end in ends):
        lacking.append(_("The last phase ends in the past."))
    hints = [_("Without an end date the challenge closes only by hand.")] if None in ends else []
    return Step(
        "phases", _("Dates and limits"), _("When, how often, in what teams"), tuple(lacking), tuple(hints)
    )


def _rules(challenge: Any) -> Step:
    lacking: tuple[str, ...] = ()
    if not challenge.ladder and not challenge.ladder_reason.strip():
        lacking = (_("Say why scores are not released by the Ladder; participants will read it."),)
    return Step("rules", _("Prize and rules"), _("What is won, and how ties are broken"), lacking)


def _story(challenge: Any) -> Step:
    hints = () if challenge.pages.exists() else (_("A page with the rules answers questions in advance."),)
    return Step("story", _("Story pages"), _("What participants read"), (), hints)


def _baselines(challenge: Any) -> Step:
    hints: tuple[str, ...] = ()
    if not challenge.teams.filter(is_baseline=True).exists():
        hints = (_("A baseline shows what a simple method reaches, and keeps the first scores honest."),)
    return Step("baselines", _("Baselines"), _("The first rows of the board"), (), hints)


def _checks(challenge: Any) -> Step:
    state = check_state(challenge) if challenge.has_rows_here else "clear"
    lacking = {
        "never": _("Run the leak checks."),
        "stale": _("Something changed; run the leak checks again."),
        "stops": _(
            "The leak checks found something that would decide the challenge; mend it or give a reason."
        ),
    }.get(state)
    return Step(
        "checks",
        _("Leak checks"),
        _("Whether the answers can be had without solving the problem"),
        (lacking,) if lacking else (),
    )


CheckState = Literal["never", "stale", "stops", "clear", "reasoned"]


def check_state(challenge: Any) -> CheckState:
    """How the leak checks stand for the parts as they are now."""
    parts = parts_digest(challenge)
    if challenge.findings_reason_for == parts and challenge.findings_reason.strip():
        return "reasoned"
    if not challenge.findings_of:
        return "never"
    if challenge.findings_of != parts:
        return "stale"
    return "stops" if any(found["severity"] == "stop" for found in challenge.findings) else "clear"


def parts_digest(challenge: Any) -> str:
    """What the leak checks look at, as one hash: data, answers, columns, metric, target, the baselines' scores."""
    parts = [
        challenge.dataset.manifest_sha256 if challenge.dataset else "",
        challenge.answers.blob_id if challenge.answers else "",
        challenge.schema,
        challenge.metric,
        challenge.target,
        *_hidden_digest(challenge),
        sorted(baseline_scores(challenge).items()) if challenge.target is not None else [],
    ]
    return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _hidden_digest(challenge: Any) -> list[Any]:
    """Nothing where predictions are handed in: their digests stay what they were."""
    if challenge.takes != "code":
        return []
    return [list(challenge.hidden_inputs.order_by("pk").values_list("filename", "blob_id"))]


def baseline_scores(challenge: Any) -> dict[str, float]:
    """Name → best final score of each baseline under the versions in force."""
    rows = challenge.submissions.filter(
        team__is_baseline=True,
        evaluations__answers=challenge.answers_id,
        evaluations__scorer=challenge.scorer_id,
        evaluations__private_score__isnull=False,
    ).values_list("team__name", "evaluations__private_score")
    best = max if direction_of(challenge.metric) == "higher" else min
    scores: dict[str, float] = {}
    for name, score in rows:
        scores[name] = best(scores.get(name, score), score)
    return scores


def direction_of(metric: str) -> Literal["higher", "lower"]:
    """Which way is better; `higher` for a metric we do not know."""
    return METRICS[metric].direction if metric in METRICS else "higher"
