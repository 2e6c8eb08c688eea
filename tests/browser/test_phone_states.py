"""States of the phone that no other test comes by, each in another language: a sentence, a way on, nothing too wide.

`python -m tests.phone_states` looks at all of them in every language and takes their pictures.
"""

import pytest

from tests.phone_states.looking import faults
from tests.phone_states.phone import Phone
from tests.phone_states.states import STATES
from workshop.inventory import load_library

LOCALES = load_library().locales
SOME = ("full room", "cookies refused", "unknown code", "wrong clock", "changed mind", "mixed in",
        "left over and not used", "sealed, visited later", "two tabs", "back button",
        "restored from the back-forward cache")


@pytest.mark.sample(2)
@pytest.mark.parametrize("name", SOME)
def test_a_state_says_a_plain_sentence_and_leads_on(host, phone_context, name):
    locale = LOCALES[sorted(LOCALES)[SOME.index(name) % len(LOCALES)]]
    phone = Phone(host, locale, phone_context)
    STATES[name].reach(phone)
    assert faults(phone, STATES[name]) == []
