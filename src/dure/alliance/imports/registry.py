"""What the rest of the platform is told of entering lists."""

from dure.alliance.imports import fault_sentences


def register() -> None:
    fault_sentences.register()
