"""A few seconds of rooms that come and go: the same run as the hour of `python -m tests.soak`, and its judgement."""

import pytest

from tests.soak import Look, Soak, soaked


def test_rooms_come_and_go_without_a_trouble(start_server):
    server = start_server()
    soak = soaked(server, 2, 8, pace=0.1)
    assert soak.troubles == []
    assert soak.rooms >= 4
    assert soak.sent >= 8
    server.stop()
    assert server.errors == ""


@pytest.mark.parametrize(("name", "more"),
                         [("memory", 0.5), ("threads", 0.2), ("files", 0.5), ("sockets", 1.0), ("folder", 0.5)])
def test_what_grows_slowly_is_found(name, more):
    flat = {"memory": 200.0, "threads": 12, "sockets": 60, "files": 20, "folder": 3.0}
    still = Soak(looks=[Look(at=float(at), **flat) for at in range(300)])
    assert still.grown() == []
    growing = Soak(looks=[Look(at=float(at), **{**flat, name: flat[name] + more * at}) for at in range(300)])
    assert [line.partition(":")[0] for line in growing.grown()] == [name]
