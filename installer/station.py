"""Sets Binding Station up in this folder and runs it; needs nothing but Python 3.11 or newer.

usage: python3 installer/station.py start [ARGUMENT...]   the window, or binding-station with the arguments
       python3 installer/station.py check [--fast]        every check; --fast without tests on a screen
       python3 installer/station.py lock [--upgrade]      makes the lock files again from pyproject.toml

Everything is kept in the folder .venv; deleting it does no harm. Exit codes: 0 done, 1 a check failed,
2 wrong usage, 3 something on this machine is in the way.
"""

# Pythons that are too old must understand this file well enough to be told so: hence the quoted annotations.

import ctypes
import hashlib
import importlib.util
import os
import platform
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNTIME = ROOT / "installer" / "requirements.txt"
DEVELOPMENT = ROOT / "installer" / "requirements-dev.txt"

VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
STAMP = VENV / "installed-from"

# Debian's package: the library in it that Qt loads. Each was found necessary by trial on a bare Debian 12.
QT_LIBRARIES = {
    "libegl1": "libEGL.so.1",
    "libgl1": "libGL.so.1",
    "libglib2.0-0": "libgthread-2.0.so.0",
    "libdbus-1-3": "libdbus-1.so.3",
    "libfontconfig1": "libfontconfig.so.1",
    "libxkbcommon0": "libxkbcommon.so.0",
}
WINDOW_LIBRARIES = {
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-shape0": "libxcb-shape.so.0",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
}


class Obstacle(Exception):
    """Something on this machine is in the way; the text says what, and what to do about it."""


# --- the environment in .venv


def fingerprint() -> str:
    """Of everything an environment depends on: both locks, the folder (it cannot be moved) and the Python."""
    digest = hashlib.sha256(f"{ROOT}\n{sys.base_prefix}\n{sys.version_info[:2]}".encode())
    for lock in (RUNTIME, DEVELOPMENT):
        digest.update(lock.read_bytes())
    return digest.hexdigest()


def prepare(lock: Path) -> None:
    """Bring .venv to what `lock` names. The development lock holds the runtime's packages too.

    The stamp goes first and comes last, so a half-made environment never has one and is made anew.
    """
    current = fingerprint()
    installed = STAMP.read_text() if STAMP.exists() else ""
    if installed in (f"{lock.name} {current}", f"{DEVELOPMENT.name} {current}"):
        return
    if VENV.resolve() != VENV:
        raise Obstacle(
            f"{VENV} is a link to {VENV.resolve()}; nothing was set up, for another folder may live by that. "
            "Remove the link and run the same command again."
        )
    if not installed.endswith(current):
        make_environment()
    print(f"Setting up in {VENV} (once; 100 to 150 MB are fetched)", flush=True)
    STAMP.unlink(missing_ok=True)
    install("--require-hashes", "--requirement", str(lock))
    install("--no-deps", "--no-build-isolation", "--editable", ".")
    STAMP.write_text(f"{lock.name} {current}")


def make_environment() -> None:
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        packages = " ".join(["python3-venv", *missing_libraries(QT_LIBRARIES)])
        raise Obstacle(f"This Python cannot make environments. On Debian or Ubuntu: apt install {packages}")
    set_up("making the environment", sys.executable, "-m", "venv", "--clear", str(VENV))


def install(*arguments: str) -> None:
    quiet = () if sys.stdout.isatty() else ("--quiet",)
    pip = (str(SCRIPTS / "python"), "-m", "pip", "--disable-pip-version-check", "--no-input")
    set_up("installing the packages", *pip, "install", *quiet, *arguments)


def set_up(purpose: str, *command: str) -> None:
    done = subprocess.run(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, errors="replace", check=False)
    if done.returncode:
        raise Obstacle(f"Stopped while {purpose}: {explained(done.stderr)}")


def explained(errors: str) -> str:
    """One sentence for what pip or venv wrote on standard error."""
    if "CERTIFICATE_VERIFY_FAILED" in errors:
        return "the package index's certificate is not trusted here. Does a proxy show its own instead?"
    if "connection broken by" in errors:
        return "the package index does not answer. Is there a network, or a proxy to be set?"
    lines = [line for line in errors.splitlines() if line.strip()]
    named = [line for line in lines if line.casefold().startswith("error")]
    return (named or lines or ["no reason was given"])[-1]


# --- the screen


def missing_libraries(libraries: "Mapping[str, str]") -> "list[str]":
    """The Debian packages whose library cannot be loaded."""
    return [package for package, library in libraries.items() if not loads(library)]


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def x_server_answers(display: str) -> bool:
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(display.encode(), None))
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not failed


def why_no_window(environment: "Mapping[str, str]") -> str:
    """Why a window cannot open on this Linux; empty where it can."""
    display, wayland = environment.get("DISPLAY"), environment.get("WAYLAND_DISPLAY")
    screen = display or wayland
    missing = missing_libraries({**QT_LIBRARIES, **WINDOW_LIBRARIES} if screen else QT_LIBRARIES)
    if missing:
        return f"Qt lacks libraries here (apt install {' '.join(missing)})"
    if not screen:
        return "there is no screen: neither DISPLAY nor WAYLAND_DISPLAY is set"
    if display and not wayland and not x_server_answers(display):
        return f"the screen {display} (DISPLAY) does not answer"
    return ""


# --- the commands


def start(arguments: "list[str]") -> int:
    prepare(RUNTIME)
    reason = "" if arguments or sys.platform != "linux" else why_no_window(os.environ)
    return demonstrate(reason) if reason else launch(*arguments)


def demonstrate(reason: str) -> int:
    out = ROOT / "build" / "demo"
    print(f"No window, because {reason}.")
    print(f"A whole shift runs without one; its relationship file and screenshot go to {out}", flush=True)
    return launch("demo", "--headless", "--out", str(out))


def launch(*arguments: str) -> int:
    command = [str(SCRIPTS / "binding-station"), *arguments]
    if os.name == "posix":  # so that signals reach the station itself
        os.execv(command[0], command)
    return subprocess.call(command)


def check(arguments: "list[str]") -> int:
    if arguments not in ([], ["--fast"]):
        return usage()
    prepare(DEVELOPMENT)
    chosen = ("-m", "not (soak or screen)") if arguments else ()
    results = [
        carried_out("Format", "ruff", "format", "--check"),
        carried_out("Lint", "ruff", "check"),
        carried_out("Types", "mypy"),
        carried_out("Layers", "lint-imports"),
        carried_out("Tests", "pytest", "-n", "2", "--dist", "loadfile", *chosen),
    ]
    print("\n== Summary")
    for heading, passed, seconds in results:
        print(f"{'ok' if passed else 'FAILED':8}{heading:8}{seconds:6.1f} s")
    return 0 if all(passed for _, passed, _ in results) else 1


def carried_out(heading: str, tool: str, *arguments: str) -> "tuple[str, bool, float]":
    print(f"\n== {heading}", flush=True)
    began = time.monotonic()
    status = subprocess.call([str(SCRIPTS / tool), *arguments], cwd=ROOT)
    return heading, status == 0, time.monotonic() - began


def lock(arguments: "list[str]") -> int:
    prepare(DEVELOPMENT)
    runtime, development = (path.relative_to(ROOT).as_posix() for path in (RUNTIME, DEVELOPMENT))
    compile_lock(runtime, "--group", "build", *arguments)
    compile_lock(development, "--group", "build", "--group", "dev", "--constraint", runtime, *arguments)
    return 0


def compile_lock(target: str, *arguments: str) -> None:
    compiler = (str(SCRIPTS / "uv"), "pip", "compile", "pyproject.toml", "--quiet", "--output-file", target)
    scope = ("--universal", "--generate-hashes", "--python-version", "3.11")
    header = ("--custom-compile-command", "python3 installer/station.py lock")
    set_up(f"locking {target}", *compiler, *scope, *header, *arguments)


def usage() -> int:
    print(__doc__, file=sys.stderr)
    return 2


def main(arguments: "list[str]") -> int:
    if sys.version_info < (3, 11):  # noqa: UP036  this is where an older one is told
        print(f"Python 3.11 or newer is needed; this is {platform.python_version()}.", file=sys.stderr)
        return 3
    commands = {"start": start, "check": check, "lock": lock}
    if arguments in (["--help"], ["-h"]):
        print(__doc__)
        return 0
    if not arguments or arguments[0] not in commands:
        return usage()
    try:
        return commands[arguments[0]](arguments[1:])
    except (Obstacle, OSError) as obstacle:
        print(obstacle, file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        print("Stopped. Run the same command again to go on.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
