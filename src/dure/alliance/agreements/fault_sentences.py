"""What can be wrong with what is sent for agreements, in words."""

from django.utils.translation import gettext_lazy as _

from dure.alliance.agreements.content import LACKING
from dure.foundation.faults import register_sentences

SENTENCES = {
    "agreement_ends_first": _("The last day lies before the first."),
    "agreement_no_title": _("Give a title in Korean or in English."),
    "agreement_without_yours": _("Your own organisation must be one of the parties."),
    "agreement_unknown_party": _("There is no organisation with the short name “%(value)s”."),
    "amendment_drops_party": _(
        "Every party of the agreement that is changed must be a party of the amendment."
    ),
    "article_without_heading": _("Begin with a heading: a line that starts with #."),
    "article_heading_empty": _("Article %(number)s has a # without words behind it."),
    "articles_differ": _(
        "There are %(korean)s articles in Korean and %(english)s in English. Both must have the same ones."
    ),
    "too_many_articles": _("Write at most %(limit)s articles."),
    "payment_currency": _("Choose KRW, CAD, USD or EUR."),
    "payment_digits": _("An amount in %(currency)s has at most %(digits)s digits behind the point."),
    "payment_amount": _("Write an amount above zero."),
    "payment_to_itself": _("Who pays and who is paid are the same."),
    "payment_of_no_party": _(
        "A payment names an organisation that is no party. Take that payment out first."
    ),
    "too_many_payments": _("Plan at most %(limit)s payments."),
    "signature_not_pdf": _("This is not a PDF."),
    "signature_too_large": _("The file is larger than %(limit)s."),
}


def register() -> None:
    """Called once when the app is ready."""
    register_sentences({**LACKING, **SENTENCES}, in_bytes=("signature_too_large",))
