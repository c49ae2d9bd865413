"""The text of an agreement as a value: hashed the same everywhere, read from what people write, compared line by line."""

from datetime import date
from decimal import Decimal

import pytest

from dure.alliance.agreements import articles, payments
from dure.alliance.agreements.canonical import canonical, digest
from dure.alliance.agreements.content import Content, PartyNamed, as_json, lacks, of_json
from dure.alliance.agreements.differences import differences
from dure.alliance.agreements.payments import Payment
from dure.engines.faults import Faulty

PAYMENT = Payment(date(2027, 1, 2), Decimal(5000), "KRW", "a", "b")


def text(**changed: object) -> Content:
    given = {
        "kind": "mou", "title_ko": "협약", "title_en": "Agreement", "authoritative": "both", "cooperation": ("talent",),
        "effective_from": date(2027, 1, 1), "effective_to": None,
        "parties": (PartyNamed("a", "가", "A"), PartyNamed("b", "나", "B")),
        "articles": tuple(articles.read("# 목적\n함께", "# Purpose\nTogether")), **changed,
    }  # fmt: skip
    return Content(**given)  # type: ignore[arg-type]


def test_the_same_words_have_the_same_hash_however_they_are_typed() -> None:
    decomposed = "\u1112\u1167\u11b8\u110b\u1163\u11a8"
    assert digest({"b": decomposed, "a": "x  \r\ny"}) == digest({"a": "x\ny", "b": "협약"})
    assert canonical({"a": "협약"}) == '{"a":"협약"}'.encode()
    assert digest(as_json(text())) != digest(as_json(text(is_public=True)))
    with pytest.raises(TypeError):
        canonical({"amount": 0.1})


def test_a_text_comes_back_from_what_is_kept() -> None:
    said = text(payments=(PAYMENT,), effective_to=date(2028, 1, 1))
    assert of_json(as_json(said)) == said
    assert as_json(said)["payments"][0]["amount"] == "5000"


def test_articles_are_read_from_headings_and_written_back() -> None:
    found = articles.read("# 목적\n함께\n\n연구\n## 기간\n두 해", "# Purpose\nTogether\n# Term\nTwo years")
    assert [one.heading_en for one in found] == ["Purpose", "Term"]
    assert articles.read(articles.written(found, "ko"), articles.written(found, "en")) == found
    with pytest.raises(Faulty) as faulty:
        articles.read("머리말\n# 목적\n#", "# Purpose")
    codes = {fault.code for fault in faulty.value.faults}
    assert codes == {"article_without_heading", "article_heading_empty", "articles_differ"}


def test_money_is_exact_in_its_currency_and_never_added_across() -> None:
    for wrong, code in (
        (Payment(date(2027, 1, 2), Decimal("0.5"), "KRW", "a", "b"), "payment_digits"),
        (Payment(date(2027, 1, 2), Decimal(1), "JPY", "a", "b"), "payment_currency"),
        (Payment(date(2027, 1, 2), Decimal(1), "CAD", "a", "a"), "payment_to_itself"),
    ):
        with pytest.raises(Faulty, match=code):
            payments.check(wrong)
    other = Payment(date(2027, 1, 2), Decimal("0.10"), "CAD", "a", "b")
    assert payments.totals([PAYMENT, PAYMENT, other]) == {"KRW": Decimal(10000), "CAD": Decimal("0.10")}


def test_what_a_text_lacks_is_said_all_at_once() -> None:
    bare = text(cooperation=(), articles=(), parties=(), title_en="")
    assert lacks(bare) == [
        "agreement_one_party", "agreement_no_field", "agreement_no_articles", "agreement_not_in_en",
    ]  # fmt: skip
    assert lacks(text()) == []
    korean = text(authoritative="ko", title_en="", articles=tuple(articles.read("# 목적\n함께", "")))
    assert lacks(korean) == []


def test_a_difference_names_the_part_and_marks_lines() -> None:
    after = text(articles=tuple(articles.read("# 목적\n따로", "# Purpose\nTogether")))
    (part,) = differences(text(), after)
    assert part.name == "articles_ko"
    assert [(line.mark, line.text) for line in part.lines] == [
        ("same", "# 목적"),
        ("out", "함께"),
        ("in", "따로"),
    ]
