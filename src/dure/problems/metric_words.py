"""Metrics in plain words, for people who never heard of them."""

from django.utils.translation import gettext_lazy as _

from dure.engines.scoring.metrics import METRICS
from dure.foundation.i18n import is_korean
from dure.problems.programs import PROGRAM

_OFF = _("How far the predictions are off, on average")
_CHANCE = _("How well the stated chances match what happened")
_OVERLAP = _("How much the marked area overlaps the true one")
_TEXT_ERRORS = _("How much of the text is wrong")
WORDS = {
    "accuracy": _("How many cases out of all are right"),
    "balanced_accuracy": _("How many are right, with rare kinds counting as much as common ones"),
    "f1": _("How well the wanted cases are found without false alarms"),
    "f1_macro": _("How well each kind is found without false alarms, every kind counting the same"),
    "f1_micro": _("How well cases are found without false alarms, every case counting the same"),
    "f1_weighted": _("How well each kind is found without false alarms, common kinds counting more"),
    "mcc": _("How well predictions and truth agree, corrected for luck"),
    "roc_auc": _("How often a true case is ranked above a false one"),
    "pr_auc": _("How clean the top of the ranking is when true cases are rare"),
    "log_loss": _CHANCE,
    "brier": _CHANCE,
    "rmse": _("How far the predictions are off, large misses counting more"),
    "mae": _OFF,
    "mape": _("How far the predictions are off, in percent of the truth"),
    "smape": _("How far the predictions are off, in percent of both"),
    "r2": _("How much of the ups and downs is explained"),
    "pinball": _("How well the stated ranges fit, narrow ones that hold being best"),
    "wis": _("How well the stated ranges fit, narrow ones that hold being best"),
    "crps_quantiles": _("How well the whole stated distribution fits"),
    "nasa_turbofan": _("How far the remaining life is off, late warnings costing more"),
    "detection_map": _("How well objects are found and framed"),
    "iou": _OVERLAP,
    "dice": _OVERLAP,
    "chrf": _("How alike the text is to the right one, letter by letter"),
    "wer": _TEXT_ERRORS,
    "cer": _TEXT_ERRORS,
    "cer_jamo": _TEXT_ERRORS,
}


PARAMETERS = {
    "positive": _("The class that is looked for"),
    "level": _("Which quantile (between 0 and 1)"),
    "spaces": _("Spaces: keep or drop"),
}


def parameter_name(name: str) -> str:
    """What a metric's parameter means; an unknown one as it is."""
    return str(PARAMETERS.get(name, name))


def metric_name(key: str) -> str:
    """The metric's own name in the reader's language; an unknown key (a host's program) as it is."""
    metric = METRICS.get(key)
    if key == PROGRAM:
        return str(_("Score"))
    return key if metric is None else (metric.name_ko if is_korean() else metric.name_en)


def metric_sentence(key: str) -> str:
    """What it measures and which way is better; empty for a metric we have no words for."""
    metric, words = METRICS.get(key), WORDS.get(key)
    if key == PROGRAM:
        return str(_("A program of the host's says the score. How sure it is cannot be told."))
    if metric is None or words is None:
        return ""
    better = _("higher is better") if metric.direction == "higher" else _("lower is better")
    return str(_("%(what)s; %(better)s.") % {"what": words, "better": better})


USES = {
    "label": _("the class that a row belongs to"),
    "value": _("the number that is measured or predicted"),
    "score": _("how likely the wanted class is: any number, higher for likelier"),
    "probability:A": _("the chance of class A, between 0 and 1; one column for each class"),
    "probability": _("the chance of the wanted class where there are two"),
    "quantile:0.9": _("the bound that nine of ten answers stay below; one column for each share"),
    "text": _("a text"),
    "boxes": _("boxes around what is seen in a picture"),
    "mask": _("the area that is marked in a picture"),
    "shape": _("height and width of a masked picture"),
}
"""By which word a metric finds its columns (`Role.name`), as an example where a part follows a colon."""
