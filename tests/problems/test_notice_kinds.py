"""Every kind of notice: sent by somebody, read in both languages on the page and in the mail, left out of the mail on wish."""

import ast
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation

import dure
from dure.foundation import clock, notices
from dure.foundation.access import Role
from dure.foundation.models import Notice
from dure.people.models import Person
from dure.problems import notice_groups
from tests.factories.people import client_of, person
from tests.factories.problems import accepted_need

ROOT = Path(dure.__file__).parent
SOURCES = sorted(ROOT.rglob("*.py"))
APPS = ("people", "problems")


def kinds() -> list[notices.Kind]:
    """All that the product declares; tests declare others."""
    return [kind for kind in notices.KINDS.values() if kind.key.split(".")[0] in APPS and "." in kind.key]


def words_for(kind: notices.Kind) -> dict[str, str]:
    """A word for each place, told apart by kind, place and language where the place is written in two."""
    both = {"title", "by", "organisation", "role"}
    found: dict[str, str] = {}
    for place in kind.places():
        if place in both:
            found |= {f"{place}_ko": f"가-{place}-{kind.key}", f"{place}_en": f"a-{place}-{kind.key}"}
        else:
            found[place] = f"7-{place}-{kind.key}"
    return found


def tell_all(someone: Person) -> None:
    for kind in kinds():
        notices.notify([someone], kind.key, url=f"/of/{kind.key}", params=words_for(kind))


def sentence(kind: notices.Kind, language: str) -> str:
    with translation.override(language):
        return notices.text(Notice(kind=kind.key, params=words_for(kind)))


def pages_of(someone: Person, language: str) -> str:
    client = client_of(someone)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    pages = [client.get(f"/notices?page={number}") for number in range(1, 2 + len(kinds()) // 10)]
    return "".join(page.content.decode() for page in pages if page.status_code == 200)


def digest_of(someone: Person, outbox: list[EmailMessage]) -> str:
    outbox.clear()
    tomorrow = clock.now() + timedelta(days=1)
    with clock.at(tomorrow):
        notices.send_digests(tomorrow)
    assert [mail.to for mail in outbox] == [[someone.email]]
    return str(outbox[0].body)


def test_a_sentence_is_whole_in_both_languages() -> None:
    assert len(kinds()) > 50
    for kind in kinds():
        korean, english = sentence(kind, "ko"), sentence(kind, "en")
        assert korean != english, kind.key
        for code, said, mark in (("ko", korean, "가-"), ("en", english, "a-")):
            assert "%" not in said, (kind.key, code)
            for place in kind.places():
                assert any(f"{start}{place}-{kind.key}" in said for start in (mark, "7-")), (
                    kind.key,
                    code,
                    place,
                )
        with translation.override("ko"):
            in_korean = (str(kind.label), str(kind.group.label))
        with translation.override("en"):
            assert all(word not in in_korean for word in (str(kind.label), str(kind.group.label))), kind.key


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_kind_is_read_on_the_page_and_in_the_mail(
    language: str, mailoutbox: list[EmailMessage]
) -> None:
    someone = person(language=language, roles=[Role.OPERATOR, Role.SECRETARIAT])
    tell_all(someone)
    page, mail = pages_of(someone, language), digest_of(someone, mailoutbox)
    for kind in kinds():
        said = sentence(kind, language)
        assert said in page.replace("&#x27;", "'").replace("&quot;", '"'), kind.key
        assert f"- {said}\n  {settings.PUBLIC_URL}/of/{kind.key}\n" in f"{mail}\n", kind.key


@pytest.mark.django_db
def test_each_kind_can_be_left_out_of_the_mail_and_no_other_with_it(mailoutbox: list[EmailMessage]) -> None:
    someone = person(language="en", roles=[Role.OPERATOR, Role.SECRETARIAT])
    offered = {wish.kind.key for wish in notices.wishes(someone)}
    client = client_of(someone)
    for muted in kinds():
        client.post("/notices/mail", {"kind": sorted(offered - {muted.key})})
        tell_all(someone)
        mail = digest_of(someone, mailoutbox)
        missing = {kind.key for kind in kinds() if f"/of/{kind.key}\n" not in f"{mail}\n"}
        assert missing == {muted.key}
        Notice.objects.filter(person=someone).delete()


@pytest.mark.django_db
def test_one_is_asked_only_about_what_one_can_be_told() -> None:
    nobody, operator, secretary = person(), person(roles=[Role.OPERATOR]), person(roles=[Role.SECRETARIAT])
    curator = accepted_need().curator
    assert curator is not None
    offered = {
        someone.pk: {wish.kind.key for wish in notices.wishes(someone)}
        for someone in (nobody, operator, secretary, curator)
    }
    assert offered[operator.pk] - offered[nobody.pk] == {"problems.platform_fault"}
    triage = {f"problems.need_{name}" for name in ("posted", "answered", "withdrawn", "returned", "solved")}
    sharing = {f"farm.{name}" for name in ("offered", "requested", "change_requested")}
    desk = {"problems.opened_with_findings", "talent.evidence_contested"}
    desk |= {"alliance.guru_answered", "alliance.topic_proposed", "alliance.review_lost"}
    desk |= {f"alliance.{name}" for name in ("startup_applied", "startup_withdrawn", "call_closed")}
    desk |= {f"alliance.{name}" for name in ("call_tied", "proposal_answered", "proposal_withdrawn")}
    assert offered[secretary.pk] - offered[nobody.pk] == {*triage, *sharing, *desk}
    if Role.SECRETARIAT not in curator.roles:
        assert offered[curator.pk] - offered[nobody.pk] == triage
    assert notice_groups.OPERATION not in {one.group for one in notices.wish_groups(nobody)}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "heading"), [("ko", "내 제출과 팀"), ("en", "My submissions and teams")]
)
def test_the_page_groups_the_kinds(language: str, heading: str) -> None:
    someone = person()
    client = client_of(someone)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = client.get("/notices").content.decode()
    assert heading in page
    offered = [wish.kind.key for one in notices.wish_groups(someone) for wish in one.wishes]
    assert sorted(offered) == sorted(wish.kind.key for wish in notices.wishes(someone))
    assert all(page.count(f'value="{key}" checked') == 1 for key in offered)


def declared() -> Iterator[tuple[Path, str, ast.Call]]:
    """The file, the name and the call of each `NAME = register_kind(…)`, also under a heading: `NAME = to_hosts(…)`."""
    for path in SOURCES:
        calls = [(name, call) for name, call in bound_calls(path) if "search" not in ast.unparse(call.func)]
        under = {name for name, call in calls if ast.unparse(call.func) == "kinds_under"}
        for name, call in calls:
            if ast.unparse(call.func).rpartition(".")[2] in {"register_kind", *under}:
                yield path, name, call


def bound_calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Each `NAME = call(…)` of a module."""
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            yield ast.unparse(node.targets[0]), node.value


def named() -> set[tuple[str, str]]:
    """(module, name) of every name that is read in the module that binds it, or through an import of that module."""
    found: set[tuple[str, str]] = set()
    for source in SOURCES:
        nodes = list(ast.walk(ast.parse(source.read_text())))
        imports = [alias for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names]
        modules = {alias.asname or alias.name: alias.name for alias in imports}
        for node in nodes:
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                found.add((source.stem, node.id))
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                found.add((modules.get(node.value.id, ""), node.attr))
    return found


def test_every_kind_that_is_declared_is_sent() -> None:
    names = [(path, name) for path, name, _ in declared()]
    ours = [path for path, _name in names if path.relative_to(ROOT).parts[0] in APPS]
    assert len(ours) == len(kinds())  # the two of webhooks are declared apart, and sent where they stand
    read = named()
    assert [f"{path.name}: {name}" for path, name in names if (path.stem, name) not in read] == []


def test_senders_of_a_workroom_name_the_part_and_the_writer_that_a_sentence_has() -> None:
    """Their helper fills in empty words, so what `notify` demands of all others is looked up in their calls."""
    wanted = {
        name: set(notices.KINDS[f"problems.{ast.literal_eval(call.args[0])}"].places()) - {"title"}
        for path, name, call in declared()
        if path.name == "notices_workrooms.py"
    }
    assert {"part", "by"} <= set().union(*wanted.values())
    seen = set()
    for path in (one for one in SOURCES if "tell." in one.read_text()):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in (
                "tell.side",
                "tell.both",
                "tell.secretariat",
            ):
                for argument in node.args:
                    name = ast.unparse(argument).rpartition(".")[2]
                    if ast.unparse(argument) == f"tell.{name}":
                        seen.add(name)
                        assert wanted[name] <= {keyword.arg for keyword in node.keywords}, (path.name, name)
    assert seen == set(wanted)
