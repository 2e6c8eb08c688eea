"""Inventories, agendas and languages from data/ as frozen values."""

from workshop.inventory.agenda import Agenda, Scene, SceneKind, agenda_of, read_agenda
from workshop.inventory.inventory import Inventory
from workshop.inventory.library import Library, load_library
from workshop.inventory.locale import Locale
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

__all__ = [
    "DARK_POLES", "LIGHT_POLES", "Agenda", "Context", "Facet", "FormName", "Inventory", "Item", "Library", "Locale",
    "Pole", "Questionnaire", "Referent", "Scale", "Scene", "SceneKind", "agenda_of", "load_library",
    "read_agenda", "read_inventory",
]
