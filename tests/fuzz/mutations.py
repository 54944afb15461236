"""Files that a bad disk, a cut connection or an attacker changed, the same ones for the same seed."""

import random
import re
from collections.abc import Callable, Sequence

from tests.builders import container as zips

_NUMBER = re.compile(rb"\d+")
_NUMBERS = (b"0", b"-1", b"1", b"255", b"65536", b"2147483648", b"99999999999999999999", b"1e309", b"NaN", b"0.0001")
_PIECES = (
    b"\0",
    b"\xff\xfe",
    b"<",
    b">",
    b"</",
    b"&#0;",
    b"]]>",
    b"<!--",
    b"%%EOF",
    b'"',
    b"\r\n\r\n",
    b"endobj",
    b" ",
)
_LONGEST = 2000
"""Bytes that are cut, doubled or overwritten at a time."""

_MOST = 4  # changes to one file

Chance = random.Random
Mutation = Callable[[bytes, Sequence[bytes], Chance], bytes]


def mutated(samples: Sequence[bytes], chance: Chance) -> bytes:
    """Return one of `samples`, changed: a zip container as it is, or one of the parts in it."""
    data = chance.choice(samples)
    if data.startswith(zips.LOCAL) and chance.random() < 0.7:
        return _with_mutated_parts(data, samples, chance)
    return _changed(data, samples, chance)


def _changed(data: bytes, samples: Sequence[bytes], chance: Chance) -> bytes:
    for _ in range(chance.randint(1, _MOST)):
        data = chance.choice(_MUTATIONS)(data, samples, chance)
    return data


def _with_mutated_parts(data: bytes, samples: Sequence[bytes], chance: Chance) -> bytes:
    parts = dict(zips.parts(data))
    others = list(parts.values())
    for name in chance.sample(sorted(parts), min(len(parts), chance.randint(1, 3))):
        parts[name] = _changed(parts[name], others, chance)
    if chance.random() < 0.1:
        del parts[chance.choice(sorted(parts))]
    return zips.container(parts)


def _flip(data: bytes, _samples: Sequence[bytes], chance: Chance) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 20) if changed else 0):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _overwrite(data: bytes, _: Sequence[bytes], chance: Chance) -> bytes:
    start, end = _span(data, chance)
    return data[:start] + chance.randbytes(end - start) + data[end:]


def _cut_off(data: bytes, _: Sequence[bytes], chance: Chance) -> bytes:
    return data[: chance.randint(0, len(data))]


def _cut_out(data: bytes, _: Sequence[bytes], chance: Chance) -> bytes:
    start, end = _span(data, chance)
    return data[:start] + data[end:]


def _double(data: bytes, _: Sequence[bytes], chance: Chance) -> bytes:
    start, end = _span(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 2, 50)) + data[end:]


def _move(data: bytes, _: Sequence[bytes], chance: Chance) -> bytes:
    start, end = _span(data, chance)
    rest = data[:start] + data[end:]
    to = chance.randint(0, len(rest))
    return rest[:to] + data[start:end] + rest[to:]


def _splice(data: bytes, samples: Sequence[bytes], chance: Chance) -> bytes:
    other = chance.choice(samples)
    return data[: chance.randint(0, len(data))] + other[chance.randint(0, len(other)) :]


def _insert(data: bytes, _: Sequence[bytes], chance: Chance) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + chance.choice(_PIECES) * chance.choice((1, 1, 1, 1000)) + data[at:]


def _renumber(data: bytes, _: Sequence[bytes], chance: Chance) -> bytes:
    found = list(_NUMBER.finditer(data))
    if not found:
        return data
    number = chance.choice(found)
    return data[: number.start()] + chance.choice(_NUMBERS) + data[number.end() :]


def _span(data: bytes, chance: Chance) -> tuple[int, int]:
    start = chance.randint(0, len(data))
    return start, min(len(data), start + chance.randint(1, _LONGEST))


_MUTATIONS: tuple[Mutation, ...] = (
    _flip,
    _overwrite,
    _cut_off,
    _cut_out,
    _double,
    _move,
    _splice,
    _insert,
    _renumber,
    _renumber,
)
