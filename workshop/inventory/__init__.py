"""Inventories, agendas and languages from data/ as frozen values."""

from workshop.inventory.advice import advices
from workshop.inventory.agenda import Agenda, Scene, SceneKind, agenda_of, read_agenda
from workshop.inventory.faults import Fault, Faulty
from workshop.inventory.inventory import Doubt, Inventory
from workshop.inventory.library import Library, load_library
from workshop.inventory.locale import Locale, preferred
from workshop.inventory.order import in_order
from workshop.inventory.preview import preview
from workshop.inventory.questionnaire import (
    DARK_POLES,
    LIGHT_POLES,
    Context,
    Facet,
    FormName,
    Item,
    Pole,
    Questionnaire,
    Referent,
    Scale,
)
from workshop.inventory.reading import read_inventory
from workshop.inventory.shelf import Shelf

__all__ = [
    "DARK_POLES", "LIGHT_POLES", "Agenda", "Context", "Doubt", "Facet", "Fault", "Faulty", "FormName", "Inventory",
    "Item", "Library", "Locale", "Pole", "Questionnaire", "Referent", "Scale", "Scene", "SceneKind", "Shelf",
    "advices", "agenda_of", "in_order", "load_library", "preferred", "preview", "read_agenda", "read_inventory",
]
