"""Two folders change places in one step, where the system can do that: no moment is without either.

The call is Linux' renameat2 or macOS' renamex_np, through the C library, since Python has neither. Where it
is missing, or the file system does not know it, the caller renames twice.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from functools import cache
from pathlib import Path
from typing import Any

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
"""linux/fs.h"""
_RENAME_SWAP = 2
"""sys/stdio.h of macOS"""

NOT_ABLE = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM})
"""What a kernel or a file system without the exchange answers."""


def exchange(first: Path, second: Path) -> bool:
    """Let two folders change places at once; False, with nothing done, where the system cannot.

    Raises OSError where it could but was stopped.
    """
    library = _library()
    one, other = os.fsencode(first), os.fsencode(second)
    if sys.platform == "linux" and hasattr(library, "renameat2"):
        failed = library.renameat2(_AT_FDCWD, one, _AT_FDCWD, other, _RENAME_EXCHANGE)
    elif sys.platform == "darwin" and hasattr(library, "renamex_np"):
        failed = library.renamex_np(one, other, _RENAME_SWAP)
    else:
        return False
    if not failed:
        return True
    number = ctypes.get_errno()
    if number in NOT_ABLE:
        return False
    raise OSError(number, os.strerror(number), str(second))


@cache
def _library() -> Any:
    return ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None
