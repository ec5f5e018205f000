"""Figures in a sentence: digits or words, with what makes them approximate; dates and ages are none."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from asf_analysis.swedish.numbers import Share, plain, read_count, read_number, read_share
from asf_analysis.written.labels import DAY, MONTHS

_ONES = "två|tre|fyra|fem|sex|sju|åtta|nio"
_TEENS = "tio|elva|tolv|tretton|fjorton|femton|sexton|sjutton|arton|nitton"
_TENS = "tjugo|trettio|fyrtio|femtio|sextio|sjuttio|åttio|nittio"
_WORDS = rf"(?:{_TENS})(?:{_ONES}|en|ett)?|{_TEENS}|{_ONES}|(?:{_ONES})?hundra(?:{_TENS}|{_TEENS})?|inga|noll"
_DIGITS = r"[0-9]{1,3}(?:[ .][0-9]{3})+(?![0-9])|[0-9]+"
_WHOLE = rf"(?:(?<![\w,.])(?:{_DIGITS})(?![\w]*[0-9])|(?<![\w-])(?:{_WORDS})(?![\wåäö]))"
_ABOUT = (
    r"ca\.?|cirka|circa|c:a|omkring|ungefär|runt|uppskattningsvis|drygt|knappt|närmare|uppemot|nästan"
    r"|bortåt|minst|åtminstone|fler än|flera än|mer än|över|högst|maximalt|som mest|upp till|färre än"
    r"|mindre än|~|≈|≥|>|<"
)
_FIGURE = re.compile(
    rf"(?P<about>(?:(?<!\w)(?:{_ABOUT}) ?)*)(?:(?P<between>mellan )|(?P<tens>(?:ett |en )))?"
    rf"(?P<first>{_WHOLE}(?P<decimals>,[0-9]+)?)"
    rf"(?:(?P<to> ?- ?| till | à | och )(?P<last>{_WHOLE}))?(?P<tal>[- ]?tal(?:et)?(?!\w))?(?P<plus> ?\+)?"
    rf"(?P<percent> ?%| procent(?!enhet)\w*)?"
)
_PART_OF = re.compile(rf"(?:{_DIGITS})(?: ?/ ?| (?:ut)?av (?:totalt |de )?)(?:{_DIGITS})(?!\w)")

_NO_FIGURES = re.compile(
    rf"{DAY}|\b(?:den )?[0-9]{{1,2}}(?::?[ae])? (?:{MONTHS})[a-zåäö]*\b|\b[0-9]{{1,2}}/[0-9]{{1,2}}\b(?= 20)"
    r"|\b(?:19|20)[0-9]{2} ?[-/] ?(?:(?:19|20)?[0-9]{2})\b(?!-)"
    r"|\b[0-9]{1,2} ?- ?[0-9]{1,2} ?år\w*|\b(?:[0-9]{1,2}|arton|sexton) ?år(?:ig\w*|s\w*)?\b"
    r"|\b(?:19|20)[0-9]{2}\b(?! ?(?:st|stycken|personer|deltagare|anställda|medarbetare|kr|kronor|företag)\b)"
    r"|\b(?:kvartal|kv\.?|q|vecka|v\.|kl\.?|sid(?:an|a)?\.?|s\.|§|nr\.?|punkt|bilaga|tabell|figur)"
    r" ?[0-9]+(?:[.:][0-9]+)*|\b[0-9]{4}:[0-9]+|\b[0-9]+:[ae]\b|\btvå av (?=våra|de )"
    r"|\b(?:[0-9]+|två|tre|fyra|fem|sex) (?:gånger|ggr|tillfällen)\b|\[[0-9]+\]|\bett av\b|\ben av\b"
)
"""What has digits, or words for numbers, and counts nothing that a goal is about."""

_ADDED_BEFORE = re.compile(r"(?:ytterligare|(?:ökat|ökade|minskat|minskade|ökning|minskning) med|varav) $")
_ADDED_AFTER = re.compile(
    r" ?(?:till(?= (?:har|i|under))|\w+ till(?= (?:har|i|genom))|ytterligare|nya|(?:\w+ )?(?:fler|färre))\b"
)
_RATE_AFTER = re.compile(
    r"(?: \w+){1,3} per \w+|(?: \w+){1,2} i (?:månaden|veckan|kvartalet)|(?: \w+)? vardera"
)
_MONEY_AFTER = re.compile(r" ?(?:kr\b|kronor|tkr|kkr|mkr|mnkr|miljoner|tusen kronor)")
_GENERIC = re.compile(r"^(?: ?(?:st\.?|stycken|stycker)(?![\wåäö]))?[ .]*")


@dataclass(frozen=True)
class Figure:
    """A figure in a text, with the words that come after it and where it stands.

    `partial` says that it is a part of, or a change in, what is counted, a rate, or money. `counts` are those
    that a share in percent was told with.
    """

    amount: float
    approximate: bool
    percent: bool
    partial: bool
    after: str
    start: int
    end: int
    counts: Share | None = None


def find_figures(text: str) -> tuple[Figure, ...]:
    """Find the figures in a text, in order.

    >>> [(one.amount, one.approximate) for one in find_figures("63st. insatser, ca 75 den 2018-12-31")]
    [(63, False), (75, True)]
    >>> [one.amount for one in find_figures("Totalt sju kommuner, 16–64 år, under 2018")]
    [7]
    >>> [(one.amount, one.percent, one.counts) for one in find_figures("38 % (271 av 705)")]
    [(38, True, Share(part=271, whole=705))]
    """
    lowered = _one_way(text)
    masked = _NO_FIGURES.sub(lambda found: "_" * len(found[0]), lowered)
    counts = [(found.span(), _share_of(found)) for found in _PART_OF.finditer(masked)]
    found_figures: list[Figure] = []
    place = 0
    while found := _FIGURE.search(masked, place):
        place = found.end() if _is_range(found, lowered) or not found["last"] else found.end("first")
        inside = next((pair for pair in counts if pair[0][0] <= found.start("first") < pair[0][1]), None)
        if inside:
            place = inside[0][1]
            if found_figures and _explains(found_figures[-1], lowered, inside[0][0]):
                found_figures[-1] = replace(found_figures[-1], counts=inside[1])
                continue
        figure = _figure(found, lowered, inside[1] if inside else None, place)
        if figure:
            found_figures.append(figure)
    return tuple(found_figures)


def _one_way(text: str) -> str:
    """Give a text in lower case with one kind of dash and of space, sign for sign."""
    signs = {**dict.fromkeys(map(ord, "‐‑‒–—−"), "-"), 0xA0: " ", 0x202F: " ", 0x2009: " "}
    lowered = text.translate(signs).lower()
    return lowered if len(lowered) == len(text) else text


def _share_of(found: re.Match[str]) -> Share | None:
    try:
        return read_share(found[0])
    except ValueError:
        return None


def _explains(figure: Figure, text: str, start: int) -> bool:
    """Tell whether counts come right after a percentage, as in *38 % (271 av 705)*."""
    return figure.percent and bool(re.fullmatch(r"[ ,(]*(?:\w+ ){0,3}\(?", text[figure.end : start]))


def _is_range(found: re.Match[str], text: str) -> bool:
    """Tell whether two numbers bound one figure; *från 28 till 30* is a change, *sju och åtta* are two."""
    if not found["last"]:
        return False
    if found["to"] == " och ":
        return bool(found["between"])
    return not (found["to"] == " till " and re.search(r"från (?:\w+ )?$", text[: found.start("first")]))


def _figure(found: re.Match[str], text: str, counts: Share | None, end: int) -> Figure | None:
    ranged = _is_range(found, text)
    try:
        if found["decimals"]:
            amount = read_number(found["first"]) or 0.0
        elif ranged:
            count = read_count(f"{found['first']}-{found['last']}")
            amount = count.value if count else 0
        else:
            count = read_count(found["first"])
            amount = count.value if count else 0
    except ValueError:
        return None
    about = bool(found["about"].strip() or ranged or found["tal"] or found["plus"])
    before, after = text[: found.start()], text[end:]
    partial = bool(
        _ADDED_BEFORE.search(before)
        or _ADDED_AFTER.match(after)
        or _RATE_AFTER.match(after)
        or _MONEY_AFTER.match(after)
        or (counts and not found["percent"])
    )
    words = _GENERIC.sub("", after, count=1)
    start = found.start() + len(found[0]) - len(found[0].lstrip())
    return Figure(amount, about, bool(found["percent"]), partial, words, start, end, counts)


def sentences_of(text: str) -> tuple[str, ...]:
    """Cut a text into sentences; abbreviations, dates and *63st.* end none.

    >>> sentences_of("Tre har hållits. Ca 50 st. kom, bl.a. politiker. 7 kommuner")
    ('Tre har hållits.', 'Ca 50 st. kom, bl.a. politiker.', '7 kommuner')
    """
    cuts = [
        found.end()
        for found in re.finditer(r"(?<=[\w)%”\"])[.!?](?:\s+(?=[A-ZÅÄÖ0-9”\"(–-]))", text)
        if not re.search(r"(?:\b(?:st|ca|bl|t|ex|dvs|m|kl|nr|resp|inkl|exkl|jan|feb|dec)|[0-9]st)$",
                         plain(text[max(found.start() - 12, 0) : found.start()]))
    ]  # fmt: skip
    starts = [0, *cuts]
    return tuple(
        text[start:end].strip()
        for start, end in zip(starts, [*cuts, len(text)], strict=True)
        if text[start:end].strip()
    )
