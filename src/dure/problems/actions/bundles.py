"""Importing a Codabench bundle: first a look that changes nothing, then the import of exactly that file, whole or not at all.

The bundle is read in the web process, not in foundation's limited child: the child runs functions of `dure.engines` and hands
back JSON, while the reader gives a bundle whose members are streamed later. `codabench` itself bounds bytes, entries, names,
nesting, ratio and YAML before anything is decoded, and no program of a bundle is run but by the farm. Tables chosen from it go
through the child.
"""

from dataclasses import dataclass
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dure.engines.faults import Fault, Faulty
from dure.foundation import audit, files
from dure.foundation.access import ALLOWED, SIGN_IN, Decision, Denied, Hidden, Refused, Role, demand, has_role
from dure.foundation.models import AuditEntry, Blob
from dure.people import api as people
from dure.problems import bundle_parts as parts
from dure.problems import bundle_programs, rules
from dure.problems.actions import challenges, preparing
from dure.problems.codabench import DEFAULT_LIMITS, Bundle, BundleReport, read_bundle
from dure.problems.models import Challenge
from dure.problems.programs import PROGRAM

NOT_IMPORTER = Refused("not_importer", _("Only the secretariat and curators can import a bundle."))
NOT_MEMBER = Refused("not_member", _("Choose an organisation you belong to."))
BAD_SLUG = Refused("bad_slug", _("An address has small letters, digits and hyphens, at most 60."))
LOOKED = "import.look"


@dataclass(frozen=True, slots=True)
class Look:
    """What a bundle holds. `known` is the challenge this very file was imported as, if it was."""

    sha256: str
    report: BundleReport
    known: Challenge | None


def may_import(person: Any) -> Decision:
    """The secretariat, and whoever curates a problem already."""
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if rules.helps(person) else NOT_IMPORTER


def look(*, by: people.Person, stream: IO[bytes]) -> Look:
    """Keep the file, read it, and say what an import would create with all faults and oddities. Raises Denied or Faulty."""
    demand(may_import(by))
    try:
        blob = files.put(stream, limit=DEFAULT_LIMITS.archive_bytes)
    except files.TooLarge as error:
        raise Faulty([Fault("file_too_large", {"limit": error.limit})]) from error
    audit.write(by=by, action=LOOKED, detail={"bundle": blob.sha256})
    return _look(by, blob.sha256)


def look_again(*, by: people.Person, sha256: str) -> Look:
    """The same look at a bundle this person handed in before. Raises Hidden for any other hash."""
    demand(may_import(by))
    mine = AuditEntry.objects.filter(actor_id=by.pk, action=LOOKED, detail__bundle=sha256)
    if not mine.exists():
        raise Hidden(sha256)
    return _look(by, sha256)


def _look(by: people.Person, sha256: str) -> Look:
    report = read_bundle(files.local_path(sha256))
    return Look(sha256, report, known_as(by, sha256))


def known_as(person: people.Person, sha256: str) -> Challenge | None:
    """The challenge this file was imported as, when this person sees it."""
    return Challenge.objects.visible_to(person).filter(imported_from=parts.origin(sha256)).first()


def import_bundle(*, by: people.Person, sha256: str, wish: parts.Wish) -> Challenge:
    """Create the need and its challenge as drafts for the host to finish. The same file again gives the challenge it made.

    Raises Denied, Hidden, or Faulty with every fault; then no row is left.
    """
    seen = look_again(by=by, sha256=sha256)
    if seen.report.bundle is None:
        raise Faulty(seen.report.faults)
    demand(_organisation_of(by, wish.organisation))
    if not parts.SLUG.fullmatch(wish.slug):
        raise Denied(BAD_SLUG)
    with transaction.atomic():
        Blob.objects.select_for_update().get(sha256=sha256)
        known = Challenge.objects.filter(imported_from=parts.origin(sha256)).first()
        return known or _create(by, seen.report.bundle, seen, wish)


def _organisation_of(by: people.Person, organisation: people.Organisation) -> Decision:
    if has_role(by, Role.SECRETARIAT) or organisation.pk in set(people.organisations_of(by)):
        return ALLOWED
    return NOT_MEMBER


def _create(by: people.Person, bundle: Bundle, seen: Look, wish: parts.Wish) -> Challenge:
    problem = parts.accepted_problem(by, bundle, wish)
    challenge = challenges.create_challenge(by=by, problem=problem, slug=wish.slug)
    challenge.imported_from = parts.origin(seen.sha256)
    challenge.imported = parts.kept(bundle, sha256=seen.sha256, dialect=seen.report.dialect or "")
    challenge.prize_ko = challenge.prize_en = parts.clean(bundle.reward)[:300]
    challenge.save()
    parts.put_pages(challenge, bundle)
    parts.put_terms(problem, bundle)
    challenges.set_phases(by=by, challenge=challenge, phases=parts.phases(bundle))
    _put_data(by, challenge, bundle, wish)
    audit.write(by=by, action="import.done", obj=challenge, detail={"bundle": seen.sha256})
    return challenge


def _put_data(by: people.Person, challenge: Challenge, bundle: Bundle, wish: parts.Wish) -> None:
    """What participants may have, then the chosen sample and answers, then the chosen metric over both."""
    with bundle.reading() as open_member:
        for part, name, member in parts.shared_files(bundle, wish):
            with open_member(member) as stream:
                preparing.put_file(by=by, challenge=challenge, part=part, filename=name, stream=stream)
        if wish.answers and wish.metric != PROGRAM:
            with open_member(parts.known_member(wish.answers, parts.answer_files(bundle))) as stream:
                preparing.put_answers(by=by, challenge=challenge, stream=stream)
    if wish.metric == PROGRAM:
        bundle_programs.put(by=by, challenge=challenge, bundle=bundle)
    if wish.licence and challenge.dataset:
        preparing.set_licence(by=by, challenge=challenge, licence=wish.licence)
    if wish.metric and wish.metric != PROGRAM:
        preparing.set_schema(by=by, challenge=challenge, schema=preparing.guess(challenge))
        preparing.choose_metric(by=by, challenge=challenge, metric=wish.metric)
