"""installer/station.py is run as a person runs it, in small projects that are set up without a network."""

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from installer import station
from tests.installer import tiny_project

SCRIPT = Path(station.__file__)
linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux may lack a screen or Qt's libraries")


class Project:
    """A folder with a copy of station.py, lock files, and an index of one package named `part`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stamp = folder / ".venv" / "installed-from"
        (folder / "installer").mkdir(parents=True)
        shutil.copy(SCRIPT, folder / "installer")
        shutil.copy(tiny_project.__file__, folder)
        (folder / "pyproject.toml").write_text(tiny_project.PYPROJECT)
        self.lock(tiny_project.lock_line(tiny_project.write_wheel(folder, "part", {"part.py": ""})))

    def lock(self, text: str) -> None:
        for name in ("requirements.txt", "requirements-dev.txt"):
            (self.folder / "installer" / name).write_text(text)

    def environment(self, **changes: str) -> dict[str, str]:
        offline = {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": self.folder.as_uri()}
        return os.environ | {"HOME": str(self.folder)} | offline | changes

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, str(self.folder / "installer" / "station.py"), *arguments]

    def run(self, *arguments: str, **changes: str) -> "subprocess.CompletedProcess[str]":
        command = self.command(*arguments)
        return subprocess.run(
            command, capture_output=True, text=True, check=False, env=self.environment(**changes)
        )


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / "a project")


@pytest.fixture(scope="module")
def set_up(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Set up after an attempt that was interrupted when the environment had no pip yet."""
    project = Project(tmp_path_factory.mktemp("set up"))
    half_made = [sys.executable, "-m", "venv", "--without-pip", str(project.folder / ".venv")]
    subprocess.run(half_made, check=True)
    assert project.run("start", "first").stdout.endswith("started with ['first']\n")
    return project


def test_an_interrupted_set_up_is_noticed_and_done_anew(set_up: Project) -> None:
    assert set_up.stamp.read_text().startswith("requirements.txt ")
    assert list(set_up.folder.glob(".venv/**/part.py"))


def test_a_second_start_changes_nothing_and_hands_its_arguments_on(set_up: Project) -> None:
    started = set_up.run("start", "scan", "--port", "socket://localhost:4000")
    assert started.stdout == "started with ['scan', '--port', 'socket://localhost:4000']\n"


def test_an_environment_that_belongs_to_another_folder_is_left_alone(
    project: Project, tmp_path: Path
) -> None:
    others = tmp_path / "another" / ".venv"
    others.mkdir(parents=True)
    (others / "kept").write_text("")
    try:
        (project.folder / ".venv").symlink_to(others, target_is_directory=True)
    except OSError:
        pytest.skip("this user may not make links here")
    started = project.run("start", "first")
    assert (started.returncode, started.stdout) == (3, "")
    assert "is a link to" in started.stderr
    assert [path.name for path in others.iterdir()] == ["kept"]


@linux
def test_without_a_screen_the_demo_runs_and_says_why(set_up: Project) -> None:
    started = set_up.run("start", DISPLAY="", WAYLAND_DISPLAY="")
    reason, place, demo = started.stdout.splitlines()
    out = str(set_up.folder / "build" / "demo")
    assert "neither DISPLAY nor WAYLAND_DISPLAY" in reason
    assert out in place
    assert demo == f"started with {['demo', '--headless', '--out', out]}"


def test_a_changed_lock_makes_the_environment_anew(set_up: Project) -> None:
    left_behind = set_up.folder / ".venv" / "left-behind"
    left_behind.touch()
    set_up.lock("")
    assert set_up.run("start", "again").stdout.endswith("started with ['again']\n")
    assert not left_behind.exists()


def test_a_package_that_is_not_the_locked_one_is_refused(set_up: Project) -> None:
    wheel = tiny_project.write_wheel(set_up.folder, "part", {"part.py": "'tampered with'"})
    locked = tiny_project.lock_line(wheel)
    tiny_project.write_wheel(set_up.folder, "part", {"part.py": "'and again'"})
    set_up.lock(locked)
    refused = set_up.run("start", "scan")
    assert refused.returncode == 3
    assert "DO NOT MATCH THE HASHES" in refused.stderr
    assert not set_up.stamp.exists()


def test_an_index_that_does_not_answer_gets_a_sentence(set_up: Project) -> None:
    set_up.lock("elsewhere==1 --hash=sha256:" + "0" * 64)
    nowhere = {"PIP_NO_INDEX": "", "PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "1"}
    refused = set_up.run("start", "scan", **nowhere)
    assert refused.returncode == 3
    assert len(refused.stderr.splitlines()) == 1
    assert "does not answer" in refused.stderr


def test_a_python_without_ensurepip_is_told_the_package(project: Project) -> None:
    (project.folder / "sitecustomize.py").write_text("import sys; sys.modules['ensurepip'] = None")
    refused = project.run("check", PYTHONPATH=str(project.folder))
    assert refused.returncode == 3
    assert len(refused.stderr.splitlines()) == 1
    assert "apt install python3-venv" in refused.stderr


def test_a_folder_that_cannot_be_written_gets_a_sentence(project: Project) -> None:
    (project.folder / ".venv").write_text("a file in the way stops root too")
    refused = project.run("start", "scan")
    assert refused.returncode == 3
    assert len(refused.stderr.splitlines()) == 1
    assert str(project.folder / ".venv") in refused.stderr


def test_help_names_the_commands(project: Project) -> None:
    shown = project.run("--help")
    assert shown.returncode == 0
    assert all(f"station.py {command}" in shown.stdout for command in ("start", "check", "lock"))


@pytest.mark.parametrize("arguments", [(), ("stat",), ("check", "--quick")])
def test_wrong_usage_shows_the_usage(project: Project, arguments: tuple[str, ...]) -> None:
    refused = project.run(*arguments)
    assert refused.returncode == 2
    assert refused.stderr.count("usage:") == 1


def test_an_old_python_understands_the_script_well_enough_to_be_told() -> None:
    ast.parse(SCRIPT.read_text(), feature_version=(3, 6))


def test_the_fingerprint_tells_locks_and_folders_apart(tmp_path: Path) -> None:
    one, other = loaded(Project(tmp_path / "one")), loaded(Project(tmp_path / "other"))
    before = one.fingerprint()
    assert one.fingerprint() == before != other.fingerprint()
    one.DEVELOPMENT.write_text("")
    assert one.fingerprint() != before


def loaded(project: Project) -> ModuleType:
    module = ModuleType("station")
    module.__file__ = str(project.folder / "installer" / "station.py")
    exec(compile(Path(module.__file__).read_text(), module.__file__, "exec"), module.__dict__)
    return module


@linux
def test_missing_libraries_are_named_by_their_package() -> None:
    libraries = {"libc6": "libc.so.6", "libnowhere1": "libnowhere.so.1"}
    assert station.missing_libraries(libraries) == ["libnowhere1"]


@linux
def test_a_screen_that_does_not_answer_is_no_screen() -> None:
    assert ":4711" in station.why_no_window({"DISPLAY": ":4711"})


@pytest.mark.screen
@linux
def test_on_a_screen_that_answers_a_window_can_open(x_server: str) -> None:
    assert station.why_no_window({"DISPLAY": x_server}) == ""


@pytest.fixture
def x_server() -> Iterator[str]:
    with subprocess.Popen(["Xvfb", "-displayfd", "1"], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        yield f":{server.stdout.readline().strip()}"
        server.terminate()
