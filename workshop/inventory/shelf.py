"""The inventories of an installation: those that come with it, and its own ones, kept in a folder beside the data."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from threading import Lock

from workshop.durable import make_folder, write_whole
from workshop.errors import Conflict, Invalid, Missing, TooLarge
from workshop.inventory.inventory import Inventory
from workshop.inventory.reading import read_inventory

MOST_BYTES = 1024 * 1024


class Shelf(Mapping[str, Inventory]):
    """Inventories by id. Own ones come and go while the process runs; a file that cannot be read stays in `unread`
    with what is wrong with it, and keeps nothing else from being used."""

    def __init__(self, built_in: Mapping[str, Inventory], folder: Path | None = None) -> None:
        self._built_in = dict(built_in)
        self._folder = folder
        self._lock = Lock()
        self.unread: dict[str, str] = {}
        self._all = {**built_in, **self._found()}

    def __getitem__(self, id: str) -> Inventory:
        return self._all[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def is_own(self, id: str) -> bool:
        """Whether a host has put it here."""
        return id in self._all and id not in self._built_in

    def take_in(self, name: str, body: bytes, in_use: Collection[str] = ()) -> Inventory:
        """Keeps a file. Raises Invalid with every fault and its line, Conflict where the id is taken `in_use` by a
        workshop that asks it as it is."""
        if self._folder is None:
            raise Invalid("inventory", "This installation has no folder for inventories of its own.")
        if len(body) > MOST_BYTES:
            raise TooLarge("inventory", "The file is larger than 1 MB. An inventory is far smaller than that.")
        inventory = read_inventory(_text(name, body), name)
        if inventory.id in self._built_in:
            raise Invalid("inventory", f"{name}: the id {inventory.id!r} belongs to an inventory that comes with "
                                       "Bothand. Give yours an id and a title of its own.")
        self._free(inventory.id, in_use)
        with self._lock:
            _keep(self._folder / f"{inventory.id}.toml", inventory.source)
            self._all = {**self._all, inventory.id: inventory}
            self.unread.pop(f"{inventory.id}.toml", None)
        return inventory

    def take_away(self, id: str, in_use: Collection[str] = ()) -> None:
        """Deletes an own one. Raises Missing, or Conflict where a workshop still needs it."""
        if self._folder is None or not self.is_own(id):
            raise Missing("unknown_inventory", f"There is no inventory {id!r} of your own.")
        self._free(id, in_use)
        with self._lock:
            (self._folder / f"{id}.toml").unlink(missing_ok=True)
            self._all = {one: inventory for one, inventory in self._all.items() if one != id}

    def _free(self, id: str, in_use: Collection[str]) -> None:
        if self.is_own(id) and id in in_use:
            raise Conflict("inventory_in_use", f"A workshop asks {id!r} as it is, also if it is sealed. Give the "
                                               "changed file another id, or forget that workshop first.")

    def _found(self) -> dict[str, Inventory]:
        found: dict[str, Inventory] = {}
        for path in sorted(self._folder.glob("*.toml")) if self._folder else ():
            try:
                inventory = read_inventory(_text(path.name, path.read_bytes()), path.name)
                if inventory.id in self._built_in or inventory.id != path.stem:
                    raise Invalid("inventory", f"{path.name}: its id is {inventory.id!r}. The file has to be called "
                                               "like its id, and no id that comes with Bothand may be used.")
                found[inventory.id] = inventory
            except (Invalid, OSError) as error:
                self.unread[path.name] = str(error)
        return found


def _text(name: str, body: bytes) -> str:
    try:
        return body.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise Invalid("inventory", f"{name}: this is not UTF-8 text. Save it as UTF-8.") from None


def _keep(path: Path, text: str) -> None:
    """Whole or not at all, also if the machine stops meanwhile."""
    make_folder(path.parent)
    write_whole(path, text.encode(), part=path.with_suffix(".fresh"), mode=0o666)
