"""Pure: a grouping question between the form, where answers stand one a line, and the contract."""

from collections.abc import Mapping
from typing import Any


def asked(question: str, lines: str) -> dict[str, Any] | None:
    """As the contract takes it; None where nothing is asked."""
    options = [line.strip() for line in lines.splitlines() if line.strip()]
    return {"question": question.strip(), "options": options} if question.strip() or options else None


def fields(kept: Mapping[str, Any] | None) -> dict[str, str]:
    """A workshop's grouping as the form has it."""
    return {"group_question": kept["question"] if kept else "",
            "group_options": "\n".join(kept["options"]) if kept else ""}
