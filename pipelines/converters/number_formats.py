"""Values as a spreadsheet shows them, by the number formats of Office Open XML (ECMA-376 part 1, 18.8.30).

A file does not say in which country's notation its reader sees it, so a locale comes with each value. Covered are
literals, sections by sign, percent, thousands, decimals, exponents, dates, times and durations; fractions and
sections with conditions are shown as plain numbers.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from itertools import groupby

from babel import Locale
from babel.dates import format_date, format_datetime, format_time

Moment = datetime | date | time
Token = tuple[str, str]

_TOKEN = re.compile(
    r"(?P<literal>\"[^\"]*\"?|\\.|\[\$[^\]]*\]?)|(?P<pad>_.|\*.)|(?P<elapsed>\[(?:h+|m+|s+)\])|(?P<bracket>\[[^\]]*\]?)"
    r"|(?P<half>am/pm|a/p)|(?P<general>general)|(?P<exponent>e[-+])|(?P<date>y+|j+|m+|d+|h+|u+|s+)"
    r"|(?P<digit>[0#?.,]+)|(?P<percent>%)|(?P<text>@)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_CODE = 255  # characters that spreadsheets let anybody write
_SHORT_DATE, _SHORT_DATE_TIME = "mm-dd-yy", "m/d/yy h:mm"
"""What openpyxl calls the formats 14 and 22: the short date of the reader's own computer."""
_LONG_DATE = "[$-F800]"
_SYSTEM_TIME = "[$-F400]"
_DIGITS = 10  # significant ones that the format General shows of a fraction in a cell of usual width
_MOST_DECIMALS = 30  # the most that spreadsheets let anybody choose
_LETTERS = {"y": "y", "j": "y", "d": "d", "m": "M", "h": "H", "u": "H", "s": "s"}  # Dutch: jaar, uur


def shown(value: object, code: str, locale: str) -> str:
    """Return `value` under the number format `code` as read in `locale` (such as "nl"); "" where it is hidden."""
    if isinstance(value, bool):
        return _truth(value, locale)
    if isinstance(value, timedelta):
        return _duration(value)
    if isinstance(value, datetime | date | time):
        return _moment(value, code, locale)
    if isinstance(value, int | float):
        return _number(Decimal(str(value)), code, locale)
    sections = _sections(code)
    return "" if len(sections) > 3 and not sections[3] else str(value)  # noqa: PLR2004 - the fourth is for text


def hides(code: str) -> bool:
    """Return whether a format shows nothing of any value: `;;;`."""
    return ";;;" in code and not code.strip("; ")


def stated_locale(code: str) -> str | None:
    """Return the hexadecimal number of the language that a format names, as in `[$€-413]`, or None."""
    found = re.search(r"\[\$[^\]-]{0,9}-([0-9A-Fa-f]{3,8})\]", code)
    return found[1].upper() if found else None


def _truth(value: bool, locale: str) -> str:
    words = ("WAAR", "ONWAAR") if locale == "nl" else ("TRUE", "FALSE")
    return words[0] if value else words[1]


@lru_cache(maxsize=1000)
def _sections(code: str) -> tuple[tuple[Token, ...], ...]:
    sections: list[list[Token]] = [[]]
    for found in _TOKEN.finditer(code[:_LONGEST_CODE]):
        if found[0] == ";":
            sections.append([])
        else:
            sections[-1].append((str(found.lastgroup), found[0]))
    return tuple(map(tuple, sections))


def _number(value: Decimal, code: str, locale: str) -> str:
    if not value.is_finite():
        return str(value)
    tokens, sign = _of_sign(value, _sections(code))
    if _is_plain(tokens):
        return _general(value, locale)
    if not any(kind == "digit" for kind, _ in tokens):
        return (sign + _literals(tokens)).strip()
    return (sign + _by_pattern(abs(value), tokens, locale)).strip()


def _of_sign(value: Decimal, sections: Sequence[Sequence[Token]]) -> tuple[Sequence[Token], str]:
    """Return the section for a number, and the sign that it does not write itself."""
    if value < 0:
        return (sections[1], "") if len(sections) > 1 else (sections[0], "-")
    return (sections[2] if value == 0 and len(sections) > 2 else sections[0]), ""  # noqa: PLR2004 - the third is for 0


def _is_plain(tokens: Sequence[Token]) -> bool:
    """Return whether the section is `General`, or one of those that are not covered."""
    condition = any(kind == "bracket" and text[1:2] in ("<", ">", "=") for kind, text in tokens)
    fraction = ("other", "/") in tokens
    return condition or fraction or any(kind in ("general", "text") for kind, _ in tokens)


def _literals(tokens: Sequence[Token]) -> str:
    return "".join(_literal(*token) for token in tokens)


def _literal(kind: str, text: str) -> str:
    if kind == "literal" and text.startswith("[$"):
        return text[2:].rstrip("]").partition("-")[0]
    if kind == "literal":
        return text[1:] if text.startswith("\\") else text.strip('"')
    if kind == "pad":
        return " " if text[0] == "_" else ""
    return text if kind in ("other", "percent", "date") else ""


def _by_pattern(value: Decimal, tokens: Sequence[Token], locale: str) -> str:
    places = [i for i, (kind, _) in enumerate(tokens) if kind in ("digit", "exponent")]
    first, last = places[0], places[-1]
    between = tokens[first : last + 1]
    scaled = value * 100 ** sum(kind == "percent" for kind, _ in tokens)
    digits = _exponential(scaled, between, locale) if _has_exponent(between) else _digits(scaled, between, locale)
    return _literals(tokens[:first]) + digits + _literals(tokens[last + 1 :])


def _has_exponent(tokens: Sequence[Token]) -> bool:
    return any(kind == "exponent" for kind, _ in tokens)


def _digits(value: Decimal, tokens: Sequence[Token], locale: str) -> str:
    pattern = "".join(text for kind, text in tokens if kind == "digit")
    whole, _, decimals = pattern.partition(".")
    thousands = len(pattern) - len(pattern.rstrip(","))
    rounded = _rounded(value / 1000**thousands, decimals.rstrip(","))
    if len(tokens) > 1 and not decimals:
        return _interspersed(rounded, tokens)
    digits, _, fraction = rounded.partition(".")
    digits = digits.lstrip("0").rjust(min(whole.count("0"), _MOST_DECIMALS), "0")
    group, mark = _marks(locale)
    if "," in whole.rstrip(","):
        digits = f"{int(digits or 0):,}".replace(",", group)
    return digits + (mark + fraction if fraction else "")


def _rounded(value: Decimal, decimals: str) -> str:
    """Return a number to the decimals of a pattern: `0` is always shown, `#` where it says something."""
    most, least = min(len(decimals), _MOST_DECIMALS), min(decimals.count("0"), _MOST_DECIMALS)
    text = f"{value.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP) if value < 10**15 else value:.{most}f}"
    whole, _, fraction = text.partition(".")
    fraction = fraction[:least] + fraction[least:].rstrip("0")
    return f"{whole}.{fraction}" if fraction else whole


def _interspersed(rounded: str, tokens: Sequence[Token]) -> str:
    """Return digits with what stands between them, as in a telephone number or `# ##0`, filled from the right."""
    rest, shown_so_far = list(rounded.lstrip("0")), ""
    for kind, text in reversed(tokens):
        if kind != "digit":
            shown_so_far = (_literal(kind, text) if rest or _needs_more(tokens) else "") + shown_so_far
            continue
        for mark in reversed(text):
            digit = rest.pop() if rest else "0" * (mark == "0")
            shown_so_far = digit + shown_so_far
    return "".join(rest) + shown_so_far


def _needs_more(tokens: Sequence[Token]) -> bool:
    return tokens[0][1].startswith("0")


def _exponential(value: Decimal, tokens: Sequence[Token], locale: str) -> str:
    pattern = "".join(text for kind, text in tokens if kind in ("digit", "exponent"))
    decimals = re.split("e", pattern, flags=re.IGNORECASE)[0].partition(".")[2]
    return f"{float(value):.{min(len(decimals), _MOST_DECIMALS)}E}".replace(".", _marks(locale)[1])


def _general(value: Decimal, locale: str) -> str:
    """Return a whole number whole (it may be the number of something), and others to ten digits."""
    text = str(int(value)) if value == value.to_integral_value() and abs(value) < 10**20 else f"{value:.{_DIGITS}g}"
    if "." in text and "e" not in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", _marks(locale)[1])


@cache
def _marks(locale: str) -> tuple[str, str]:
    symbols = Locale.parse(locale).number_symbols["latn"]
    return str(symbols["group"]), str(symbols["decimal"])


def _duration(value: timedelta) -> str:
    seconds = round(abs(value).total_seconds())
    sign = "-" if value < timedelta() else ""
    rest = f":{seconds % 60:02}" if seconds % 60 else ""
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}{rest}"


def _moment(value: Moment, code: str, locale: str) -> str:
    if isinstance(value, time):
        value = datetime.combine(date(1900, 1, 1), value)
    if code in (_SHORT_DATE, _SHORT_DATE_TIME):
        return _short(value, locale) + (f" {value:%H:%M}" if code == _SHORT_DATE_TIME else "")
    if code.upper().startswith(_LONG_DATE):
        return format_date(value, "full", locale=locale)
    if code.upper().startswith(_SYSTEM_TIME) and isinstance(value, datetime):
        return format_time(value, "medium", locale=locale)
    return _by_letters(value, code, locale)


def _short(value: date, locale: str) -> str:
    """Return a date in figures; in English, which writes day and month in either order, as year-month-day."""
    return value.strftime("%Y-%m-%d") if locale == "en" else format_date(value, "dd-MM-yyyy", locale=locale)


def _by_letters(value: date, code: str, locale: str) -> str:
    tokens = [token for token in _sections(code)[0] if token[0] not in ("pad", "bracket")]
    if not any(kind in ("date", "elapsed") for kind, _ in tokens):
        return _short(value, locale)
    halves = any(kind == "half" for kind, _ in tokens)
    pieces = [_letters(tokens, i, halves, locale) for i in range(len(tokens))]
    pattern = "".join(_quoted(run, is_literal) for is_literal, run in groupby(pieces, key=_is_literal))
    return format_datetime(value, pattern, locale=locale).strip()


def _letters(tokens: Sequence[Token], i: int, halves: bool, locale: str) -> Token:
    """Return a token of a date's format in the letters of Unicode's locale data (UTS 35), which Babel reads."""
    kind, text = tokens[i]
    if kind == "half":
        return "letters", "a"
    if kind in ("date", "elapsed"):
        return "letters", _letter(text.strip("[]").lower(), _is_minute(tokens, i), halves)
    if kind == "digit" and text.startswith(".0"):
        return "letters", "." + "S" * (len(text) - 1)
    literal = _literal(kind, text) if kind != "digit" else text
    return "literal", "-" if literal == "/" and locale == "nl" else literal


def _is_literal(piece: Token) -> bool:
    return piece[0] == "literal"


def _quoted(pieces: Iterable[Token], is_literal: bool) -> str:
    text = "".join(text for _, text in pieces)
    return "'" + text.replace("'", "''") + "'" if is_literal and text else text


def _letter(text: str, is_minute: bool, halves: bool) -> str:
    letter = _LETTERS[text[0]]
    if letter == "y":
        return "yy" if len(text) <= 2 else "yyyy"  # noqa: PLR2004 - two figures of a year, or four
    if letter == "d" and len(text) > 2:  # noqa: PLR2004 - from three on it is the day's name
        return "EEE" if len(text) == 3 else "EEEE"  # noqa: PLR2004 - short, or in full
    if letter == "M" and is_minute:
        letter = "m"
    return ("h" if letter == "H" and halves else letter) * min(len(text), 5)


def _is_minute(tokens: Sequence[Token], i: int) -> bool:
    """Return whether an m stands after hours or before seconds."""
    times = [j for j, (kind, _) in enumerate(tokens) if kind in ("date", "elapsed")]
    place = times.index(i)
    before = tokens[times[place - 1]][1].strip("[").lower() if place else ""
    after = tokens[times[place + 1]][1].strip("[").lower() if place + 1 < len(times) else ""
    return before.startswith(("h", "u")) or after.startswith("s")
