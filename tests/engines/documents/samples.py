"""Papers as the alliance writes them: an agreement of three parties and an annual report, in both languages."""

from collections.abc import Iterator
from datetime import date

from dure.engines.documents import (
    Bar,
    Block,
    Clause,
    Column,
    Document,
    Figures,
    Heading,
    KeyValues,
    Language,
    Listing,
    Note,
    PageBreak,
    Paragraph,
    Signatory,
    SignatureSlots,
    Span,
    Subclause,
    Table,
)

ARTICLES: dict[Language, str] = {
    "ko": """목적
= 이 협약은 당사자가 인공지능 분야의 인재와 연산 자원, 데이터를 함께 쓰고
  공동연구를 추진하는 데 필요한 사항을 정함을 목적으로 한다.
정의
= 이 협약에서 사용하는 용어의 뜻은 다음과 같다.
- “연산 자원”이란 가속기와 그 사용 시간을 말한다.
- “성과”란 협약의 이행으로 생긴 모형, 데이터, 코드와 그 권리를 말한다.
= 이 조에서 정하지 아니한 용어는 「인공지능 발전과 신뢰 기반 조성 등에 관한 기본법」에 따른다.
협력 분야
= 당사자는 다음 각 호의 분야에서 협력한다.
- 산업 인공지능 실증
- 인재의 교류와 공동 교육
- 연산 자원의 공동 활용
= 세부 사업은 과제별 부속 합의서로 정한다.
운영위원회
= 협약의 이행을 위하여 운영위원회를 둔다.
= 위원은 당사자별 2명으로 하고, 위원장은 매년 호선한다.
= 의결은 재적 위원 3분의 2 이상의 찬성으로 한다.
자원의 제공
= 각 당사자는 별표 1에 적은 가속기 시간과 인력을 제공한다.
데이터의 제공과 보호
= 데이터를 제공하는 당사자는 그 데이터를 제공할 적법한 권한이 있음을 보증한다.
= 받은 당사자는 협약의 목적 밖으로 데이터를 쓰지 아니하며, 종료일부터 30일 이내에
  파기하고 그 사실을 알린다.
지식재산권
= 공동으로 이룬 성과는 기여도에 따라 공유한다.
= 단독으로 이룬 성과는 이룬 당사자에게 속한다.
비밀유지
= 당사자는 협약 이행 중에 알게 된 비밀을 종료 후 3년까지 누설하지 아니한다.
비용
= 각 당사자는 자신의 이행에 드는 비용을 부담한다. 다만, 부속 합의서에서 달리 정한
  경우에는 그에 따른다.
유효기간
= 이 협약은 서명일부터 2년간 효력을 가진다.
= 종료 60일 전까지 서면으로 이의를 알리지 아니하면 1년씩 연장한다.
해지
= 당사자는 상대방이 협약을 중대하게 위반하고 30일 이내에 바로잡지 아니하면
  서면으로 해지할 수 있다.
분쟁의 해결
= 분쟁은 협의로 해결하며, 협의가 이루어지지 아니하면 서울중앙지방법원을
  제1심 관할 법원으로 한다.""",
    "en": """Purpose
= This agreement sets out how the parties share people, accelerator hours and data in artificial
  intelligence, and how they run joint research.
Definitions
= In this agreement the words below have these meanings.
- “Resources” are accelerators and hours on them.
- “Results” are models, data and code made under this agreement, and the rights in them.
= A word that is not defined here has its meaning in the Framework Act on Artificial Intelligence.
Fields of cooperation
= The parties work together in these fields.
- trials of AI in industry
- exchange of people and shared courses
- shared use of accelerators
= Each project is settled in an annex of its own.
Steering committee
= A steering committee oversees this agreement.
= Each party appoints two members; the chair is elected every year.
= Decisions need two thirds of all members.
Resources
= Each party gives the accelerator hours and the people named in Annex 1.
Data
= Whoever gives data warrants that they may give them.
= Whoever receives data uses them for this agreement only, destroys them within 30 days after its end
  and says so in writing.
Intellectual property
= What was achieved together is shared by contribution.
= What one party achieved alone belongs to it.
Confidentiality
= What a party learns in confidence it keeps for three years after the end of this agreement.
Costs
= Each party bears its own costs unless an annex says otherwise.
Term
= This agreement is in force for two years from the date of signature.
= It is renewed by one year at a time unless a party objects in writing 60 days before its end.
Termination
= A party may end this agreement in writing when another breaches it gravely and does not mend it
  within 30 days.
Disputes
= Disputes are settled by talks, and failing that by the Seoul Central District Court.""",
}
PARTIES: dict[Language, tuple[str, str, str]] = {
    "ko": ("주식회사 한빛전자", "한국과학기술대학교", "온누리 AI 연구소"),
    "en": ("Hanbit Electronics Co., Ltd.", "Korea Institute of Technology Studies", "Onnuri AI Laboratory"),
}


def agreement(language: Language) -> Document:
    korean = language == "ko"
    opening = (
        "(이하 “당사자”라 한다)는 인공지능 공동연구와 인재 양성을 위하여 다음과 같이 협약을 체결한다."
        if korean
        else " agree as follows on joint research and training in artificial intelligence."
    )
    closing = (
        "이 협약을 증명하기 위하여 협약서 3부를 작성하고, 당사자가 서명 또는 날인한 후 각 1부씩 보관한다."
        if korean
        else "In witness of this agreement, three copies are signed; each party keeps one."
    )
    return Document(
        title="인공지능 공동연구 및 인재 양성 협약서"
        if korean
        else "Agreement on joint research and training in AI",
        language=language,
        dated=date(2026, 11, 30),
        subtitle="협약 번호 DURE-2026-003" if korean else "Agreement DURE-2026-003",
        author="두레 얼라이언스 사무국" if korean else "Dure Alliance, secretariat",
        blocks=(
            Paragraph((Span(", ".join(PARTIES[language]), strong=True), opening)),
            *_clauses(ARTICLES[language].splitlines()),
            _annex(language),
            Paragraph(closing),
            _slots(language),
        ),
    )


def _clauses(lines: list[str]) -> Iterator[Clause]:
    """A line alone names an article; = begins a paragraph, - an item, blanks go on with the last."""
    whole = "\n".join(lines).replace("\n  ", " ").splitlines()
    starts = [at for at, line in enumerate(whole) if line[0] not in "=-"]
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(whole)], strict=True), start=1):
        yield Clause(number, whole[start], tuple(_paragraphs(whole[start + 1 : end])))


def _paragraphs(lines: list[str]) -> Iterator[Subclause]:
    starts = [at for at, line in enumerate(lines) if line[0] == "="]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield Subclause(lines[start][2:], tuple(line[2:] for line in lines[start + 1 : end]))


def _annex(language: Language) -> Table:
    korean = language == "ko"
    columns = (
        Column("당사자" if korean else "Party"),
        Column("가속기 시간" if korean else "Accelerator hours", "integer"),
        Column("인력(명)" if korean else "People", "integer"),
        Column("분담 비율" if korean else "Share", "percent"),
    )
    rows = zip(PARTIES[language], (120_000, 30_000, 8_000), (6, 4, 3), (0.72, 0.18, 0.1), strict=True)
    total = ("합계" if korean else "Total", 158_000, 13, 1.0)
    caption = "별표 1. 자원의 제공" if korean else "Annex 1. Resources"
    return Table(columns, (*rows, total), caption, total=True)


def _slots(language: Language) -> SignatureSlots:
    korean = language == "ko"
    one, two, three = PARTIES[language]
    return SignatureSlots((
        Signatory(one, "김하늘" if korean else "Kim Haneul", "대표이사" if korean else "Chief Executive"),
        Signatory(two, "이도윤" if korean else "Lee Doyun", "총장" if korean else "President"),
        Signatory(three, "", "연구소장" if korean else "Director"),
    ))  # fmt: skip


def annual_report(language: Language) -> Document:
    korean = language == "ko"
    return Document(
        title="2026년 연차 보고서" if korean else "Annual report 2026",
        language=language,
        dated=date(2026, 12, 31),
        subtitle="함께 쓴 자원과 함께 이룬 일" if korean else "What was shared, and what came of it",
        author="두레 얼라이언스" if korean else "Dure Alliance",
        blocks=(*_overview(korean=korean), *_hours(korean=korean), PageBreak(), *_projects(korean=korean)),
    )


def _overview(*, korean: bool) -> Iterator[Block]:
    case = Span("AI+X 사례" if korean else "AI+X cases", strong=True, link="https://dure.example/cases")
    yield Heading("한눈에 보기" if korean else "At a glance")
    if korean:
        yield KeyValues((("회원 기관", "24곳"), ("협약", "11건 (새로 체결 4건)"), ("참여 인원", "312명")))
        yield Heading("올해의 성과", 2)
        solved = ("해법 9건은 ", case, "로 공개되어 누구나 다시 실행할 수 있습니다.")
        yield Listing(("기업의 수요 37건 가운데 21건이 챌린지로 열렸습니다.", solved))
        yield Note("인원이 5명 미만인 칸은 공개하지 않습니다.")
        return
    yield KeyValues((("Members", "24"), ("Agreements", "11 (4 new)"), ("People", "312")))
    yield Heading("What came of it", 2)
    solved = ("Nine solutions are published as ", case, " that anybody can run again.")
    yield Listing(("Of 37 needs of companies, 21 were opened as challenges.", solved))
    yield Note("Cells of fewer than five people are not shown.")


def _hours(*, korean: bool) -> Iterator[Block]:
    names = PARTIES["ko" if korean else "en"]
    bars = tuple(Bar(name, hours) for name, hours in zip(names, (118_420, 31_200, 0), strict=True))
    yield Heading("가속기" if korean else "Accelerators")
    yield Figures(
        "기관별 제공 시간" if korean else "Hours given, by member", bars, unit="시간" if korean else "h"
    )


def _projects(*, korean: bool) -> Iterator[Block]:
    columns = (
        Column("번호" if korean else "No.", "integer"),
        Column("과제" if korean else "Project"),
        Column("시작" if korean else "Start", "date"),
        Column("예산(천원)" if korean else "Budget (KRW 1,000)", "integer"),
        Column("집행률" if korean else "Spent", "percent", 1),
        Column("여성" if korean else "Women", "integer"),
    )
    name = (
        "제조 공정의 이상 탐지를 위한 시계열 기초 모형 연구 {}"
        if korean
        else "A time series foundation model for anomalies in manufacturing, part {}"
    )
    hidden = "비공개" if korean else "hidden"
    rows = tuple(
        (
            at,
            name.format(at),
            date(2026, 1 + at % 12, 1),
            12_345 * at,
            0.5 + at / 200,
            at if at % 7 else hidden,
        )
        for at in range(1, 91)
    )
    yield Heading("과제 목록" if korean else "Projects")
    yield Table(columns, rows, "2026년 과제" if korean else "Projects of 2026")
