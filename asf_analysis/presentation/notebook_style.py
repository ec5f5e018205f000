"""The style that an output brings along where a notebook is open; a published page has the template's."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s+")
_SPARE_SPACE = re.compile(r" ?([{};,>~+]) ?|(?<=:) ")


@cache
def notebook_style() -> str:
    """Give the `<style>` element that an output begins with; it concerns what stands after it, and no more.

    The exporter takes it away with its content, and so does JupyterLab in a notebook that it does not trust.
    """
    css = files(__package__).joinpath("notebook_style.css").read_text(encoding="utf-8")
    return f'<style class="asf-style">{minified(css)}</style>'


def minified(css: str) -> str:
    """Leave out comments and the spaces that CSS does not need.

    >>> minified("/* Tables */\\n.data > tr,\\n.data th { margin: 0 auto; }\\n")
    '.data>tr,.data th{margin:0 auto}'
    """
    return _SPARE_SPACE.sub(r"\1", _SPACE.sub(" ", _COMMENT.sub("", css))).replace(";}", "}").strip()
