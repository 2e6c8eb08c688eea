"""How a statement has to read in each language: its length as a fault, its words as advice."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from workshop.inventory.questionnaire import Context

FAMILY_CHARACTERS, FAMILY_WORDS = 6, 2
QUOTED = re.compile(r"“[^”]*”|„[^“]*“|«[^»]*»|\"[^\"]*\"")


@dataclass(frozen=True)
class Rule:
    """What a statement may measure in one language, and the words it does better without.

    `characters` and `words` at most, a few more about a family, whose name is longer; `words` is 0 where a language
    has no spaces to count by. `negations` turn a meaning round, `frequencies` answer in the answer's place.
    """

    characters: int
    words: int
    negations: str = r"(?!)"
    frequencies: str = r"(?!)"


# English: domain description, writing rules. The others say the same in more letters: measured on our own statements.
RULES = {
    "en": Rule(70, 14, r"not|never|cannot|nobody|nothing|none|\w+n['’]t",
               r"always|often|usually|sometimes|seldom|rarely|never|regularly|constantly"),
    "de": Rule(90, 16, r"nicht|nie|niemals|nichts|niemand\w*|kein\w*|weder",
               r"immer|oft|häufig|meistens|manchmal|selten|nie|ständig|regelmäßig"),
    "fr": Rule(90, 18, r"ne|n['’]|pas|jamais|rien|aucune?",
               r"toujours|souvent|parfois|rarement|jamais|régulièrement|d['’]habitude"),
    "es": Rule(90, 16, r"no|nunca|jamás|nada|nadie|ningun[oa]|ningún|ni",
               r"siempre|a menudo|a veces|muchas veces|pocas veces|rara vez|nunca|con frecuencia|normalmente"),
}
OTHER = Rule(100, 0)


def rule(language: str) -> Rule:
    """The rule of a language such as "pt-BR": that of its first part, or a wide one for languages nobody measured."""
    return RULES.get(language.partition("-")[0], OTHER)


def longest(language: str, context: Context) -> int:
    """The most characters of a statement."""
    return rule(language).characters + FAMILY_CHARACTERS * (context == "family")


def too_many_words(text: str, language: str, context: Context) -> str:
    """Why a statement has too many words, or nothing."""
    most, words = rule(language).words, len(text.split())
    limit = most + FAMILY_WORDS * (context == "family")
    if not most or words <= limit:
        return ""
    return f"the statement has {words} words; at most {limit} are read at a glance. Say it shorter."


def remarks(text: str, language: str) -> Iterator[str]:
    """What a reader may stumble over in a statement; what stands in quotes is only mentioned."""
    spoken = QUOTED.sub(" ", text)
    for words, why in ((rule(language).negations, "is a negation, and people miss it. Say the opposite in plain words"),
                       (rule(language).frequencies, "says how often, which is the answer's part. Leave it out")):
        if found := re.search(rf"\b(?:{words})\b", spoken, re.IGNORECASE):
            yield f"“{found.group()}” {why}: “{text}”"


def bare(text: str) -> str:
    """What makes two texts the same to a reader: letters and figures without case, accents as one character."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold()))
