"""Keys: durable before use, gone after."""

import stat

import pytest

from workshop.vault import Damaged, Vault


@pytest.fixture
def vault(tmp_path):
    return Vault(tmp_path / "keys")


def test_what_is_locked_opens_again_with_the_same_key_and_the_same_binding(vault):
    vault.make("entries-1")
    locked = vault.lock("entries-1", b"four", b"seat")
    assert vault.unlock("entries-1", locked, b"seat") == b"four"


def test_what_is_locked_does_not_show_in_its_bytes(vault):
    vault.make("entries-1")
    assert b"a secret word" not in vault.lock("entries-1", b"a secret word", b"")


@pytest.mark.parametrize("break_it", [
    lambda vault, locked: vault.unlock("entries-1", locked[:-1] + bytes([locked[-1] ^ 1]), b"seat"),
    lambda vault, locked: vault.unlock("entries-1", locked, b"another seat"),
    lambda vault, locked: vault.unlock("entries-2", locked, b"seat"),
    lambda vault, locked: vault.unlock("missing", locked, b"seat"),
])
def test_a_changed_byte_another_seat_another_key_or_no_key_opens_nothing(vault, break_it):
    vault.make("entries-1")
    vault.make("entries-2")
    locked = vault.lock("entries-1", b"four", b"seat")
    with pytest.raises(Damaged):
        break_it(vault, locked)


def test_keys_survive_a_restart_and_are_for_the_owner_alone(vault, tmp_path):
    vault.make("entries-1")
    locked = vault.lock("entries-1", b"four", b"")
    assert Vault(tmp_path / "keys").unlock("entries-1", locked, b"") == b"four"
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700
    assert [stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "keys").iterdir()] == [0o600]


def test_a_destroyed_key_is_gone_from_memory_and_disk(vault, tmp_path):
    vault.make("entries-1")
    key = (tmp_path / "keys" / "entries-1.key").read_bytes()
    locked = vault.lock("entries-1", b"four", b"")
    vault.destroy("entries-1")
    assert not vault.holds("entries-1")
    with pytest.raises(Damaged):
        vault.unlock("entries-1", locked, b"")
    assert key not in b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_a_key_is_overwritten_before_it_is_unlinked(vault, tmp_path):
    vault.make("entries-1")
    path = tmp_path / "keys" / "entries-1.key"
    key = path.read_bytes()
    (tmp_path / "other name").hardlink_to(path)
    vault.destroy("entries-1")
    assert (tmp_path / "other name").read_bytes() != key


def test_keys_that_nothing_names_go_and_half_written_ones_too(vault, tmp_path):
    vault.make("entries-1")
    vault.make("entries-2")
    (tmp_path / "keys" / "entries-3.part").write_bytes(b"half")
    assert vault.keep_only({"entries-2"}) == ("entries-1",)
    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["entries-2.key"]


def test_files_that_are_not_ours_are_never_touched(vault, tmp_path):
    for name in ("server.key", "My_Server.key", "movie.part"):
        (tmp_path / "keys" / name).write_text("somebody else's")
    vault.make("entries-1")
    assert vault.names() == ("entries-1",)
    vault.keep_only(set())
    assert {path.name for path in (tmp_path / "keys").iterdir()} == {"server.key", "My_Server.key", "movie.part"}
    assert (tmp_path / "keys" / "server.key").read_text() == "somebody else's"


def test_a_truncated_key_counts_as_missing(vault, tmp_path):
    (tmp_path / "keys" / "entries-1.key").write_bytes(b"short")
    assert not vault.holds("entries-1")


def test_a_key_name_cannot_leave_the_folder(vault):
    with pytest.raises(ValueError, match="not a key name"):
        vault.make("../entries")


def test_a_key_is_256_random_bits_of_the_system(tmp_path, monkeypatch):
    asked_for = []
    monkeypatch.setattr("workshop.vault.secrets.token_bytes", lambda bytes: asked_for.append(bytes) or b"k" * bytes)
    name = Vault(tmp_path).make("entries")
    assert asked_for == [32]
    assert (tmp_path / f"{name}.key").read_bytes().startswith(b"k" * 32)
