"""Asking on the terminal, one question at a time, until each answer is right."""

from __future__ import annotations

from typing import Any

import typer

from cli.questions import QUESTIONS, Question

_WATCHED = ("handle", "name", "hashtag", "subreddit")


class Interview:
    """Answers from options where they were given, from a person where something is missing."""

    def __init__(self, given: dict[str, Any]) -> None:
        self.given = {key: _text(value) for key, value in given.items() if value not in (None, [])}
        needed = [question.key for question in QUESTIONS if question.default is None]
        self.is_complete = all(key in self.given for key in needed)

    def answers(self) -> dict[str, Any]:
        """Return the value of every question.

        Raises:
            typer.BadParameter: an option is wrong, or the input ended before the last answer.
        """
        if not self.is_complete:
            print("A few questions; Enter takes what stands in brackets, several go with commas.\n")
        return {question.key: self._answer(question) for question in QUESTIONS}

    def _answer(self, question: Question) -> Any:  # noqa: ANN401
        option = "--" + question.key.replace("_", "-")
        if question.key in self.given or self.is_complete:
            text = self.given.get(question.key, question.default or "")
            try:
                return question.check(text)
            except ValueError as error:
                raise typer.BadParameter(str(error), param_hint=option) from None
        return _ask(question, option)


def _text(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def _ask(question: Question, option: str) -> Any:  # noqa: ANN401
    hint = f", such as {question.hint}" if question.hint else ""
    default = f" [{question.default}]" if question.default else ""
    while True:
        try:
            text = input(f"{question.text}{hint}{default}: ")
        except EOFError:
            print()
            raise typer.BadParameter(
                "the answers ended before this one; give it as an option", param_hint=option
            ) from None
        try:
            return question.check(text.strip() or question.default or "")
        except ValueError as error:
            print(f"  {error}")
