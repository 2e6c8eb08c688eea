"""The rules of the house: imports go down only, and every framework stays at its own edge."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from live import ROOT, clean_environ

ROOMS = {
    "streamlit": ("app.py", "pages/"),
    "duckdb": ("workshop/store/",),
    "psycopg": ("workshop/store/",),
    "plotly": ("workshop/figures", "workshop/export/", "pages/"),
    "cryptography": ("workshop/vault.py",),
    "fastapi": ("workshop/api/",),
}


def sources() -> list[Path]:
    """Every Python file of the product."""
    return sorted([ROOT / "app.py", *(ROOT / "pages").rglob("*.py"), *(ROOT / "workshop").rglob("*.py")])


def imported(path: Path) -> Iterator[str]:
    """The modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports from where it stands; say the whole name"
            yield node.module or ""


@pytest.mark.parametrize("framework", ROOMS)
def test_only_the_edge_knows_its_framework(framework):
    inside = [str(path.relative_to(ROOT)) for path in sources()
              if any(name.split(".")[0] == framework for name in imported(path))]
    assert [name for name in inside if not name.startswith(ROOMS[framework])] == []


def test_nothing_imports_the_pages_or_the_app():
    for path in sources():
        roots = {name.split(".")[0] for name in imported(path)}
        assert "app" not in roots, path
        assert "pages" not in roots or path.is_relative_to(ROOT / "pages"), path


def test_app_py_stays_a_list_of_what_there_is():
    assert len((ROOT / "app.py").read_text("utf-8").splitlines()) < 40


@pytest.fixture
def copy_of_the_house(tmp_path: Path) -> Path:
    """The package and its import rules, to be broken at will."""
    shutil.copytree(ROOT / "workshop", tmp_path / "workshop", ignore=shutil.ignore_patterns("__pycache__", "assets"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def kept(house: Path) -> bool:
    """Whether the linter finds all import rules kept."""
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=house, env=clean_environ(), capture_output=True, text=True)
    assert "Contracts" in done.stdout, done.stdout + done.stderr
    return done.returncode == 0


def test_imports_only_go_down(copy_of_the_house):
    assert kept(copy_of_the_house)


@pytest.mark.parametrize(("module", "forbidden"), [
    ("errors.py", "workshop.settings"),
    ("settings.py", "workshop.sessions"),
    ("results.py", "workshop.web"),
    ("web.py", "workshop.phone"),
    ("release/__init__.py", "workshop.store"),
    ("phone/words.py", "workshop.process"),
    ("rehearsal/__init__.py", "workshop.sessions"),
    ("figures/__init__.py", "workshop.store"),
    ("export/__init__.py", "workshop.vault"),
])
def test_an_import_that_goes_up_is_found(copy_of_the_house, module, forbidden):
    source = copy_of_the_house / "workshop" / module
    present = source.read_text("utf-8").replace("from __future__", "# from __future__")
    source.write_text(f"import {forbidden}\n{present}")
    assert not kept(copy_of_the_house)


def test_every_room_has_its_floor():
    rules = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    floors = next(rule["layers"] for rule in rules if rule["type"] == "layers")
    placed = {room.strip().removeprefix("workshop.") for floor in floors for room in floor.split("|")}
    inside = (ROOT / "workshop").iterdir()
    rooms = {path.stem for path in inside if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert rooms - placed - {"__init__"} == set()


def test_every_dependency_has_a_sentence_that_says_what_it_is_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = (*project["project"]["dependencies"], *project["dependency-groups"]["dev"])
    rows = re.findall(r"^\| ([a-z0-9, -]+) \|", (ROOT / "docs" / "architecture.md").read_text("utf-8"), re.MULTILINE)
    told = {name for row in rows for name in row.split(", ")}
    assert {re.split(r"[<>=\[]", name)[0] for name in wanted} - told == set()


def test_every_setting_is_documented():
    read = set(re.findall(r"BOTHAND_[A-Z_]+", (ROOT / "workshop" / "settings.py").read_text("utf-8")))
    documented = set(re.findall(r"`(BOTHAND_[A-Z_]+)`", (ROOT / "docs" / "hosting.md").read_text("utf-8")))
    assert read == documented
