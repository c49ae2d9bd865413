"""Everything that the demo plays in talent, in its order: intakes and rounds, stays, what waits for an answer, evidence."""

from collections.abc import Callable
from decimal import Decimal

from django.db import transaction

from dure.problems import api as problems
from dure.talent.demo import choosing, hosts, placing, seeking, staying, teaming
from dure.talent.demo.cast import Cast, assemble
from dure.talent.demo.content import on_day
from dure.talent.demo.hosts import Run
from dure.talent.intakes import caring, making
from dure.talent.models import Application, Stay


@transaction.atomic
def load(_event: problems.DemoLoaded) -> None:
    """Put all of it into the demo, once: what is there already stays as people left it."""
    cast = assemble()
    if cast is None:
        return
    seeking.play(cast)
    for name, play in PLAYS.items():
        if not hosts.is_there(name):
            play(cast)
    if not Application.objects.filter(opening__title_ko="통신망 이상 탐지 인턴").exists():
        choosing.play(cast)
    teaming.play(cast)


def exchange(cast: Cast) -> None:
    """Thirty graduate students, placed by a round: two groups are away, three get ready."""
    run = hosts.put("exchange", cast, made=-150, opens_for=30, seats=6)
    for slug, seats in (("seorae-university", 12), ("mireu-university", 10), ("hanbit-telecom", 8)):
        making.add_sponsor(
            run.intake,
            by=cast.desk,
            organisation=cast.homes[slug],
            seats=seats,
            pays_ko="항공료와 매달 연구비",
            pays_en="Flights and a monthly stipend",
        )
    placing.place_exchange(run, cast)
    hosts.close(run, cast, on=-99)
    hosts.begin(run, cast, on=-70)
    for key, entry in hosts.entries("exchange").items():
        stays = list(_stays(run, key))
        if entry["from"] < 0:
            _away(stays, entry["supervisor"], key, cast)
        else:
            _getting_ready(stays, entry["supervisor"], cast)


def _stays(run: Run, key: str) -> "list[Stay]":
    rows = Stay.objects.filter(host=run.hosts[key])
    return list(
        rows.select_related("intake", "host__opening__organisation", "person", "sponsor").order_by("pk")
    )


def _away(stays: list[Stay], supervisor: str, key: str, cast: Cast) -> None:
    """All have left; the first one asks for help where the content says so."""
    said = staying.words_of(key)
    for at, stay in enumerate(stays):
        left = staying.leave(stay, supervisor, cast, on=-70)
        own = said["participants"][at] if at < len(said["participants"]) else said["later"]
        staying.report(left, own, by=left.person)
        if at % 2 == 0:
            staying.report(left, said["host"], by=cast.persons[supervisor])
        if at % 4 != 3:
            staying.tick(left, "safety")
        staying.pay(left, 1_500_000, by=cast.desk, on=(-70, -40, -10, 20))


def _getting_ready(stays: list[Stay], supervisor: str, cast: Cast) -> None:
    """Each of them is at another place of the list."""
    order = ("visa", "confidentiality", "insurance", "housing")
    for at, stay in enumerate(stays):
        with on_day(-12):
            staying.named(stay, supervisor, cast)
            staying.tick(stay, *order[: (at + 3) % 5])


def interns(cast: Cast) -> None:
    """Four companies have an intern each: three are there, one of them asked for help, and one is back."""
    run = hosts.put("interns", cast, made=-130, opens_for=40)
    for one in staying.words_of("interns"):
        by, person = cast.persons[one["by"]], cast.persons[one["who"]]
        stay = choosing.win(run.hosts[one["at"]], person, by=by, on=-75)
        stay = staying.leave(stay, one["supervisor"], cast, on=-60)
        written = staying.report(stay, one["own"], by=person)
        staying.report(stay, one["host"], by=cast.persons[one["supervisor"]])
        for trouble in written:
            if trouble.trouble and "answer" in one:
                caring.answer_trouble(stay, trouble, by=cast.desk, answer=one["answer"])
        if one.get("is_back"):
            staying.go_home(stay, on=-3)
    hosts.close(run, cast, on=-70)
    hosts.begin(run, cast, on=-60)


def winter(cast: Cast) -> None:
    """The next run, whose seats are ranked now."""
    placing.open_winter(hosts.put("winter", cast, made=-8, opens_for=30), cast)


def scholarship(cast: Cast) -> None:
    """Two scholars have their first payment."""
    run = hosts.put("scholarship", cast, made=-140, opens_for=40, seats=5)
    for mail in ("minseo.bae", "seyeon.hong"):
        stay = choosing.win(run.hosts["proven"], cast.persons[mail], by=cast.desk, on=-95)
        stay = staying.leave(stay, "haein.moon", cast, on=-80)
        staying.pay(stay, 2_000_000, by=cast.desk, on=(-75, 10))
    hosts.close(run, cast, on=-90)
    hosts.begin(run, cast, on=-80)


def secondment(cast: Cast) -> None:
    """Two labs send each other a researcher."""
    run = hosts.put("secondment", cast, made=-150, opens_for=40)
    for one in staying.words_of("secondment"):
        by, person = cast.persons[one["by"]], cast.persons[one["who"]]
        stay = choosing.win(run.hosts[one["at"]], person, by=by, on=-105)
        stay = staying.leave(stay, one["supervisor"], cast, on=-100)
        staying.report(stay, one["own"], by=person)
        staying.report(stay, one["host"], by=cast.persons[one["supervisor"]])
    hosts.close(run, cast, on=-104)
    hosts.begin(run, cast, on=-100)


def before(cast: Cast) -> None:
    """An earlier exchange: back for a year, with a return report, credit and where its people are now."""
    run = hosts.put("before", cast, made=-640, opens_for=45)
    for one in staying.words_of("before"):
        person = cast.persons[one["who"]]
        stay = choosing.win(run.hosts["willowmere-2025"], person, by=cast.persons["grace.linn"], on=-580)
        stay = staying.leave(stay, "daniel.oakes", cast, on=-560)
        stay = staying.go_home(stay, on=-380, words=one["return"])
        caring.give_credit(
            stay,
            by=cast.desk,
            institution=cast.homes["mireu-university"],
            course=one["course"],
            points=Decimal(6),
        )
        staying.complete(stay, "daniel.oakes", cast, on=-372, later=one["later"], said=-9)
    hosts.close(run, cast, on=-579)
    hosts.begin(run, cast, on=-560)
    hosts.finish(run, cast, on=-370)


PLAYS: dict[str, Callable[[Cast], None]] = {
    "before": before,
    "secondment": secondment,
    "scholarship": scholarship,
    "interns": interns,
    "exchange": exchange,
    "winter": winter,
}
"""What is played of each intake of `intakes.yaml`; lists show the last one first."""
