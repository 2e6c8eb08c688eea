"""An inventory as a phone shows it, for the terminal."""

from collections.abc import Iterator, Sequence
from functools import partial
from textwrap import wrap as wrapped

from workshop.inventory.inventory import Doubt, Inventory
from workshop.inventory.order import in_order
from workshop.inventory.questionnaire import Item, Questionnaire

PHONE = 40
wrap = partial(wrapped, break_on_hyphens=False)
MARGIN = " " * 13


def preview(inventory: Inventory, form: str | None = None, context: str | None = None, language: str | None = None,
            *, dark: bool = True, skip: str = "Skip") -> str:
    """The first card whole, then every statement in an order a phone might ask them in; what is not chosen is the
    standard form, the first context and the first language. `skip` is the phone's word for passing a statement over.
    Raises Invalid for what the inventory lacks."""
    usual = "standard" if "standard" in inventory.forms else inventory.forms[0]
    asked = inventory.questionnaire(form or usual, context or inventory.contexts[0],
                                    dark, language or inventory.languages[0])
    order = in_order(asked.items, inventory.id)
    doubts = [doubt for doubt in inventory.doubts if doubt.language == asked.language]
    parts = (_head(inventory, asked), _card(asked, order[0], skip), _list(order, asked, doubts), _doubted(doubts))
    return "\n".join(line.rstrip() for part in parts for line in part)


def _head(inventory: Inventory, asked: Questionnaire) -> Iterator[str]:
    yield f"{inventory.titles[asked.language]} ({inventory.id} {inventory.version})"
    yield from wrap(inventory.abouts[asked.language], 80)
    yield ""
    yield f"  --form      {_choices(inventory.forms, asked.form)}"
    yield f"  --context   {_choices(inventory.contexts, asked.context)}"
    yield f"  --language  {_choices(inventory.languages, asked.language)}"
    yield "" if asked.dark else "  --without-dark"


def _choices(words: Sequence[str], chosen: str) -> str:
    return "  ".join(f"[{word}]" if word == chosen else word for word in words)


def _card(asked: Questionnaire, item: Item, skip: str) -> Iterator[str]:
    """One card: what it is about, the statement, one button for each point, and the way past it."""
    yield "┌" + "─" * PHONE
    yield from (f"│ {line}" for line in (*wrap(asked.stem, PHONE), ""))
    yield from (f"│ {line}" for line in (f"1 / {len(asked.items)}", *wrap(item.text, PHONE), ""))
    yield from (f"│   ( {anchor} )" for anchor in asked.scale.anchors)
    yield f"│     {skip}"
    yield "└" + "─" * PHONE
    yield ""


def _list(order: Sequence[Item], asked: Questionnaire, doubts: Sequence[Doubt]) -> Iterator[str]:
    for number, item in enumerate(order, 1):
        marks = ("↓" if item.keyed < 0 else "") + ("?" if _doubtful(item, asked, doubts) else "")
        first, *rest = wrap(item.text, PHONE * 2)
        yield f"{number:>3}  {item.id:<5}{marks:<3}{first}"
        yield from (MARGIN + line for line in rest)
    yield ""
    turned = sum(item.keyed < 0 for item in order)
    yield f"↓ less is more: {turned} of {len(order)}. Each phone has an order of its own."


def _doubtful(item: Item, asked: Questionnaire, doubts: Sequence[Doubt]) -> bool:
    return any(doubt.where in (f"item.{item.id}", f"item.{item.id}.{asked.context}") for doubt in doubts)


def _doubted(doubts: Sequence[Doubt]) -> Iterator[str]:
    """What a reader was not sure of in this language, whatever the context."""
    if doubts:
        yield "? doubtful:"
    for doubt in doubts:
        first, *rest = wrap(f"{doubt.where}: {doubt.why}", 90)
        yield f"  {first}"
        yield from (f"    {line}" for line in rest)
