"""The words of an inventory file: every language and context complete, each text fit to be read."""

from collections.abc import Sequence

from workshop.inventory.faults import Findings
from workshop.inventory.language import bare, longest, too_many_words
from workshop.inventory.questionnaire import Context
from workshop.inventory.table import Table

NAME, TITLE, ANCHOR, PROMPT, PRACTICE, STEM, ABOUT, WHY = 40, 60, 24, 120, 160, 160, 200, 240
FACET_KEYS = ("id", "pole", "origin", "short", "antidote", "safe")
ITEM_KEYS = ("id", "facet", "keyed")


class Wordings:
    """The checks of all words, for the languages and contexts that the file says it has."""

    def __init__(self, top: Table, findings: Findings, languages: tuple[str, ...],
                 contexts: tuple[Context, ...]) -> None:
        self.top, self.languages, self.contexts = top, languages, contexts
        self.findings, self.attempt = findings, findings.attempt

    def check(self, facets: Sequence[Table], items: Sequence[Table]) -> None:
        """Head, facets, statements, and the list of doubtful strings."""
        points = self._points()
        if head := self.attempt(self.top.table, "language"):
            self._only(head, *self.languages)
            for wording in self._worded(head):
                self._head(wording, points)
        for facet in facets:
            self._only(facet, *FACET_KEYS, *self.languages)
            for wording in self._worded(facet):
                self._facet(wording)
        self._items(items)
        self._doubts(facets, items)

    def _points(self) -> int | None:
        """How many anchors there have to be, if the file says so."""
        scale = self.attempt(self.top.table, "scale")
        if scale is None:
            return None
        self._only(scale, "points")
        return self.attempt(scale.number, "points", (5, 7))

    def _only(self, table: Table, *names: str) -> None:
        for name in table.body:
            self.attempt(table.known, name, names)

    def _worded(self, table: Table) -> list[Table]:
        """The table of each language, as far as they are there."""
        found = (self.attempt(table.table, language) for language in self.languages)
        return [wording for wording in found if wording]

    def _text(self, table: Table, name: str, most: int) -> str | None:
        """One text that is a whole sentence as it stands, with nothing to fill in."""
        text = self.attempt(table.text, name, most)
        self._whole(table, name, text or "")
        return text

    def _texts(self, table: Table, name: str, most: int, count: int | None) -> tuple[str, ...]:
        texts = self.attempt(table.texts, name, most, count) or ()
        self._whole(table, name, "".join(texts))
        return texts

    def _whole(self, table: Table, name: str, text: str) -> None:
        if "{" in text or "}" in text:
            self.attempt(table.refuse, name, f"{name} has a slot in braces; nothing is filled in here, so write the "
                                             "whole text out, once for each context.")

    def _head(self, wording: Table, points: int | None) -> None:
        self._only(wording, "title", "about", "anchors", "stem")
        self._text(wording, "title", TITLE)
        self._text(wording, "about", ABOUT)
        anchors = self._texts(wording, "anchors", ANCHOR, points)
        if len({bare(anchor) for anchor in anchors}) < len(anchors):
            self.attempt(wording.refuse, "anchors", "two anchors read the same; give every point its own words.")
        if stem := self.attempt(wording.table, "stem"):
            self._only(stem, *self.contexts)
            for context in self.contexts:
                self._text(stem, context, STEM)

    def _facet(self, wording: Table) -> None:
        self._only(wording, "name", "prompts", "practice")
        self._text(wording, "name", NAME)
        self._texts(wording, "prompts", PROMPT, 2)
        self._text(wording, "practice", PRACTICE)

    def _items(self, items: Sequence[Table]) -> None:
        """Every statement; no two of a language and context read the same."""
        seen: dict[tuple[str, Context, str], object] = {}
        for item in items:
            self._only(item, *ITEM_KEYS, *self.languages)
            for language, wording in zip(self.languages, self._each(item), strict=True):
                if wording:
                    self._only(wording, *self.contexts)
                    for context in self.contexts:
                        self._statement(wording, language, context, item.body.get("id"), seen)

    def _each(self, item: Table) -> list[Table | None]:
        return [self.attempt(item.table, language) for language in self.languages]

    def _statement(self, wording: Table, language: str, context: Context, id: object,
                   seen: dict[tuple[str, Context, str], object]) -> None:
        text = self._text(wording, context, longest(language, context))
        if text is None:
            return
        if why := too_many_words(text, language, context):
            self.attempt(wording.refuse, context, why)
        other = seen.setdefault((language, context, bare(text)), id)
        if other != id:
            self.attempt(wording.refuse, context, f"this text is also that of {other}; every item needs words of its "
                                                  "own.")

    def _doubts(self, facets: Sequence[Table], items: Sequence[Table]) -> None:
        """The list of doubtful strings may be missing; what it names has to be there."""
        if "doubtful" not in self.top.body:
            return
        known = {f"facet.{table.body.get('id')}" for table in facets} | {f"item.{table.body.get('id')}"
                                                                        for table in items}
        for doubt in self.attempt(self.top.tables, "doubtful") or ():
            self._only(doubt, "language", "where", "why")
            self.attempt(doubt.choice, "language", self.languages)
            self._text(doubt, "why", WHY)
            self.attempt(self._where, doubt, known)

    def _where(self, doubt: Table, known: set[str]) -> None:
        kind, _, rest = doubt.text("where", 60).partition(".")
        id, _, part = rest.partition(".")
        parts = {"facet": ("", "name", "prompts", "practice"), "item": ("", *self.contexts)}
        if f"{kind}.{id}" not in known or part not in parts[kind]:
            doubt.refuse("where", f"where is {doubt.body['where']!r}; name what is there, like \"item.D1A\", "
                                  "\"item.D1A.team\" or \"facet.D1.name\".")
