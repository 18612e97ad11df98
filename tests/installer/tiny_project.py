"""The smallest project that station.py can set up, without a network: it is its own build backend.

Copied beside its pyproject.toml it serves pip; imported it makes wheels for a local package index.
"""

import hashlib
from pathlib import Path
from zipfile import ZipFile

PYPROJECT = """\
[build-system]
requires = []
build-backend = "tiny_project"
backend-path = ["."]

[project]
name = "binding-station"
version = "1"
"""


def write_wheel(folder: Path, name: str, files: dict[str, str]) -> Path:
    """A wheel of version 1 that holds `files` (path in the wheel: text)."""
    info = f"{name}-1.dist-info"
    described = {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: tiny\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/RECORD": "",
    }
    wheel = folder / f"{name}-1-py3-none-any.whl"
    with ZipFile(wheel, "w") as archive:
        for path, text in (files | described).items():
            archive.writestr(path, text)
    return wheel


def lock_line(wheel: Path) -> str:
    name, _, _ = wheel.name.partition("-")
    return f"{name}==1 --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


def build_editable(
    wheel_directory: str, config_settings: object = None, metadata_directory: object = None
) -> str:
    """PEP 660. The command it installs prints its arguments."""
    files = {
        "echo.py": "import sys\ndef main(): print('started with', sys.argv[1:])\n",
        "binding_station-1.dist-info/entry_points.txt": "[console_scripts]\nbinding-station = echo:main\n",
    }
    return write_wheel(Path(wheel_directory), "binding_station", files).name
