"""Challenges in labs: their public files beside a notebook that reads them."""

from typing import Any, Final

from django.utils.translation import gettext as _

from dure.farm import api as farm
from dure.foundation import i18n
from dure.foundation.access import demand
from dure.problems import access, rules
from dure.problems.queries.challenge import files_of

KIND: Final = "challenge"


def register() -> None:
    """Called once when the app is ready."""
    farm.register_lab_source(KIND, work_of)


def work_of(person: Any, slug: str) -> farm.LabWork:
    """The files this person may download now. Raises Hidden or Denied as the challenge's own page does."""
    challenge = access.access_challenge(person, slug)
    demand(rules.may_download(person, challenge))
    found = files_of(challenge)
    title = i18n.localized(challenge.problem, "title")
    about = _("Your own notebook beside the public files of this challenge.")
    names = farm.laid_names(file.filename for file in found)
    return farm.LabWork(
        folder=challenge.slug,
        title=_("The data of “%(title)s”") % {"title": title},
        cells=(("markdown", f"# {title}\n\n{about}"), ("code", _first_cell(names))),
        files=tuple(farm.LabFile(file.filename, file.blob_id) for file in found),
    )


def _first_cell(names: list[str]) -> str:
    table = next((name for name in names if name.endswith((".csv", ".parquet"))), None)
    if table is None:
        return ""
    reader = "read_parquet" if table.endswith(".parquet") else "read_csv"
    return f"import polars as pl\n\npl.{reader}({table!r})"
