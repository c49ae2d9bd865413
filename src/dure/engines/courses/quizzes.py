"""What must hold of a quiz beyond its form."""

from collections.abc import Iterator

from dure.engines.courses.answering import is_whole, judged
from dure.engines.courses.patterns import fault_of
from dure.engines.courses.values import Item

CHOOSING = ("single", "several", "order")


def faults_of(item: Item) -> Iterator[tuple[str, str]]:
    """Fault codes with the path within the item."""
    if item.kind in CHOOSING:
        yield from _options(item)
        return
    if item.options:
        yield "quiz_no_options", "options"
    yield from {"number": _number, "text": _text, "output": _output}[item.kind](item)


def _options(item: Item) -> Iterator[tuple[str, str]]:
    right = sum(option.right for option in item.options)
    if item.kind == "single" and right != 1:
        yield "quiz_single", "options"
    if item.kind == "several" and not 0 < right < len(item.options):
        yield "quiz_several", "options"
    if item.kind == "order" and (right or len(item.options) < 3):
        yield "quiz_order", "options"
    for at, option in enumerate(item.options, 1):
        if item.kind != "order" and option.why is None:
            yield "quiz_option_unexplained", f"options[{at}].why"


def _number(item: Item) -> Iterator[tuple[str, str]]:
    if not item.answer:
        yield "quiz_no_answer", "answer"
    elif not is_whole(item, [item.answer]) or not judged(item, [item.answer]).right:
        yield "quiz_number", "answer"


def _text(item: Item) -> Iterator[tuple[str, str]]:
    if not item.patterns:
        yield "quiz_no_answer", "patterns"
    for at, pattern in enumerate(item.patterns, 1):
        if code := fault_of(pattern):
            yield code, f"patterns[{at}]"


def _output(item: Item) -> Iterator[tuple[str, str]]:
    if not item.code.strip():
        yield "quiz_no_code", "code"
    if not item.answer:
        yield "quiz_no_answer", "answer"
