"""What to practise next."""

from hypothesis import given
from hypothesis import strategies as st

from dure.engines.tracing import FIRM, START, Reason, Step, held_back, next_step

NEEDS = {"data-leakage": ("model-validation", "data-quality"), "model-validation": ("supervised-learning",)}
SKILLS = ("supervised-learning", "data-quality", "model-validation", "data-leakage")


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[str], dict[str, tuple[str, ...]], dict[str, float]]:
    """Skills each of which needs only ones before it, so that there is no circle, and what is known of some."""
    skills = [f"s{at}" for at in range(draw(st.integers(1, 8)))]
    needs = {
        skill: tuple(draw(st.lists(st.sampled_from(skills[:at]), unique=True, max_size=3))) if at else ()
        for at, skill in enumerate(skills)
    }
    known = draw(st.dictionaries(st.sampled_from(skills), st.floats(0, 1)))
    return draw(st.permutations(skills)), needs, known


def test_one_begins_where_nothing_is_needed_and_most_waits() -> None:
    assert next_step(SKILLS, needs=NEEDS, known={}) == Step(
        skill="supervised-learning",
        probability=START,
        reason=Reason.UNSEEN,
        rests_on=(),
        opens=("model-validation",),
    )


def test_the_least_sure_comes_next_and_says_what_it_rests_on_and_opens() -> None:
    known = {"supervised-learning": 0.9, "data-quality": 0.7, "model-validation": 0.5}
    assert next_step(SKILLS, needs=NEEDS, known=known) == Step(
        skill="model-validation",
        probability=0.5,
        reason=Reason.LEAST_SURE,
        rests_on=("supervised-learning",),
        opens=("data-leakage",),
    )


def test_what_cannot_be_practised_here_holds_nothing_back() -> None:
    assert held_back(["data-leakage"], needs=NEEDS, known={}) == {"data-leakage": ()}


def test_nothing_is_next_once_all_is_firm() -> None:
    assert next_step(SKILLS, needs=NEEDS, known=dict.fromkeys(SKILLS, FIRM)) is None


@given(graphs())
def test_no_ready_skill_is_less_sure_and_every_prerequisite_is_firm(
    graph: tuple[list[str], dict[str, tuple[str, ...]], dict[str, float]],
) -> None:
    skills, needs, known = graph
    sure = {skill: known.get(skill, START) for skill in skills}
    step = next_step(skills, needs=needs, known=known)
    if step is None:
        assert min(sure.values()) >= FIRM
        return
    ready = [one for one in skills if sure[one] < FIRM and all(sure[need] >= FIRM for need in needs[one])]
    assert step.probability == sure[step.skill] == min(sure[one] for one in ready)
    assert step.skill in ready
    assert set(step.rests_on) == set(needs[step.skill])
    assert set(step.opens) == {one for one in skills if step.skill in needs[one]}
    assert (step.reason is Reason.UNSEEN) == (step.skill not in known)


@given(graphs())
def test_practising_what_is_next_reaches_the_end(
    graph: tuple[list[str], dict[str, tuple[str, ...]], dict[str, float]],
) -> None:
    skills, needs, known = graph
    steps = []
    while (step := next_step(skills, needs=needs, known=known)) is not None:
        known[step.skill] = 1.0
        steps.append(step.skill)
    assert len(steps) == len(set(steps)) <= len(skills)
