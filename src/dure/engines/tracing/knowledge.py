"""Bayesian knowledge tracing: the probability that a skill is known, revised with every answer.

The model and its four parameters are those of Corbett and Anderson, Knowledge tracing: modeling the acquisition of procedural
knowledge, User Modeling and User-Adapted Interaction 4 (1995), 253-278. The values stand in facts/education, section 14.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

START: Final = 0.2
"""Probability that a skill is known before the first answer."""
LEARN: Final = 0.15
"""Probability that it is learnt by answering once and reading the explanation."""
GUESS: Final = 0.2
SLIP: Final = 0.1


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to an item of a skill.

    `guess` is the probability of a right answer without the skill, `slip` of a wrong one with it. Both depend on the item; they
    sum to less than 1, or a right answer would speak against the skill.
    """

    skill: str
    right: bool
    guess: float = GUESS
    slip: float = SLIP

    def __post_init__(self) -> None:
        if not (0 < self.guess < 1 and 0 < self.slip < 1 and self.guess + self.slip < 1):
            raise ValueError(f"guess {self.guess} and slip {self.slip} are not above 0 with a sum below 1")


def updated(before: float, answer: Answer) -> float:
    """The probability that the skill is known after an answer, from the one before it; both in [0, 1]."""
    if answer.right:
        by_skill, without = before * (1 - answer.slip), (1 - before) * answer.guess
    else:
        by_skill, without = before * answer.slip, (1 - before) * (1 - answer.guess)
    seen = by_skill / (by_skill + without)
    return seen + (1 - seen) * LEARN


def known(answers: Iterable[Answer]) -> Mapping[str, float]:
    """The probability for each skill that was asked about; answers in the order in which they were given."""
    found: dict[str, float] = {}
    for answer in answers:
        found[answer.skill] = updated(found.get(answer.skill, START), answer)
    return found
