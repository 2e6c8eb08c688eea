"""The one set of things that all surfaces of a process share."""

from dataclasses import dataclass
from functools import cache

from workshop.events import Hub
from workshop.inventory import Library, load_library
from workshop.sessions import Sessions
from workshop.sessions.duties import Duties
from workshop.settings import Settings, read_settings
from workshop.signin import Signin
from workshop.store.duckdb import DuckDBStore
from workshop.vault import Vault


@dataclass(frozen=True)
class House:
    """What `app.py` opens at start and closes at the end."""

    settings: Settings
    library: Library
    hub: Hub
    sessions: Sessions
    signin: Signin
    duties: Duties

    def close(self) -> None:
        """Ends streams, duties and the store, in this order."""
        self.hub.close()
        self.duties.stop()
        self.sessions.store.close()


def open_house(settings: Settings) -> House:
    """Opens database and keys. Raises WorkshopError with a sentence for the person who started it."""
    library = load_library(own=settings.database.parent / "inventories")
    store = DuckDBStore(settings.database)
    hub = Hub()
    sessions = Sessions(settings, library, store, Vault(settings.keys), hub)
    return House(settings, library, hub, sessions, Signin(settings), Duties(sessions))


@cache
def house() -> House:
    """The house of this process, opened at the first call."""
    return open_house(read_settings())
