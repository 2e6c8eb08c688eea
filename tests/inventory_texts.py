"""Inventory files as text: the ones that ship, and smaller ones made of them."""

import re

from workshop.settings import DATA

FOLDER = DATA / "inventories"
BALANCE = (FOLDER / "balance.toml").read_text(encoding="utf-8")
TEAM_CLIMATE = (FOLDER / "team_climate.toml").read_text(encoding="utf-8")


def in_english_only(text: str) -> str:
    """A file without its other languages and without its list of doubtful strings."""
    text = re.sub(r"\[(?:language|facet|item)\.(?!en\b)[a-z]+(?:\.stem)?\]\n(?:[^\[\n].*\n)+", "", text)
    text = re.sub(r"\n# ---- Strings that a reader was not sure of(?:.*\n)*", "", text)
    return re.sub(r"languages = \[.*\]", 'languages = ["en"]', text)


ENGLISH = in_english_only(BALANCE)


def line_of(text: str, words: str) -> int:
    """The number of the only line that holds these words."""
    (number,) = [number for number, line in enumerate(text.splitlines(), 1) if words in line]
    return number


def without(text: str, words: str) -> str:
    """The text without the paragraphs that hold these words."""
    return "\n\n".join(part for part in text.split("\n\n") if words not in part)


def short_form_only(text: str) -> str:
    """A file with the short form alone, and without the facets that it leaves out."""
    heads = re.findall(r'\[\[facet\]\]\nid = "(\w+)"\n((?:.+\n)+)', text)
    for id in (id for id, head in heads if "short = true" not in head):
        text = re.sub(rf'\[\[facet\]\]\nid = "{id}"\n(?:.+\n)+\n?', "", text)
        text = re.sub(rf'\[\[item\]\]\nid = "{id}[AB]"\n(?:.+\n)+\n?', "", text)
    text = re.sub(r'\[\[item\]\]\nid = "\w+B"\n(?:.+\n)+\n?', "", text)
    text = text.replace('antidote = "I4"', 'antidote = "I5"')
    return re.sub(r"forms = \[.*\]", 'forms = ["short"]', text)
