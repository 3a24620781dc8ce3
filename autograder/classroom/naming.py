"""What students are called in a report, and texts that are fit to be shown: cleaned, cut, and without names if wanted.

Every text of a student's goes through ``Names.shown`` before it reaches a page.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterable, Iterator

from autograder import settings
from autograder.classroom.hand_ins import HandIn, Student

MAX_TEXT = 5000
"""Characters of one text that a page shows; intake keeps as many of an explanation."""

MAX_NAME = 80
"""Characters of a name that a page shows."""

PSEUDONYM_DIGITS = 12
"""Hexadecimal: two of 100,000 students have the same with a probability of 2e-5."""

LEAST_PART = 3
"""Letters of a part of a name that is found in any spelling; shorter ones (Li, Bo) only with a capital letter."""

LEAST_ALONE = 5
"""Letters of a name of one word that is found in other students' texts too: Max and Will are words as well."""

LEAST_ID = 4
"""Characters of an identifier that is found in a text; shorter ones are numbers that stand anywhere."""

_LONGEST = 4
"""Words of a name that are looked for in a row."""

_KEPT = {"\n": "\n", "\r": "\n", "\t": " ", "\N{ZERO WIDTH JOINER}": "\N{ZERO WIDTH JOINER}"}
_KEPT |= {"\N{ZERO WIDTH NON-JOINER}": "\N{ZERO WIDTH NON-JOINER}", "\N{SOFT HYPHEN}": "", "\N{BYTE ORDER MARK}": ""}
_LETTERS = str.maketrans(dict(zip("øłđðıæœþħŧ", ("o", "l", "d", "d", "i", "ae", "oe", "th", "h", "t"), strict=True)))
"""Letters with a stroke and the like, which Unicode does not take apart."""
_APOSTROPHES = dict.fromkeys((0x27, 0x60, 0xB4, 0x2BB, 0x2BC, 0x2019))
_WORD = re.compile(r"[^\W_]+")
# Both begin only where a run of such characters does, so that no run is looked through from each of its characters.
_EMAIL = re.compile(
    r"(?<![^\s@<>\"',;:()])[^\s@<>\"',;:()]+@[^\s@<>\"',;:()]+\.\w+"
    r"(?:[^\s@<>\"',;:()]*@[^\s@<>\"',;:()]+\.\w+)*"  # max@example.org/anna@example.org
)
_FILE = re.compile(
    r"(?<![^\s,;:`'\"()])[^\s,;:`'\"()]+\.(?:ipynb|py|zip|html|pdf|docx?|txt)\b",
    re.IGNORECASE,
)


def readable(text: str, most: int = MAX_TEXT) -> str:
    """The text on a line of its own, or on several: without what could reorder it, hide in it or steer a terminal."""
    kept = "".join(map(_character, text[:most].replace("\r\n", "\n")))
    return kept + " …" if len(text) > most else kept


def _character(character: str) -> str:
    if character.isprintable():
        return character
    if character in _KEPT:
        return _KEPT[character]
    return " " if unicodedata.category(character) == "Zs" else "\N{REPLACEMENT CHARACTER}"


def pseudonym(key: str) -> str:
    """A name that stays the same as long as the salt does, and that nobody can trace back without the salt."""
    digest = hmac.new(settings.load().salt.encode(), key.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
    return f"student-{digest[:PSEUDONYM_DIGITS]}"


class Names:
    """The names of a class as they are."""

    def called(self, student: Student) -> str:
        """The student's name on a page for the staff, with the key where that says more."""
        name = readable(student.name, MAX_NAME)
        return name if name.casefold() == student.key.casefold() else f"{name} ({student.key})"

    def own(self, student: Student) -> str:
        """The student's name on their own page."""
        return readable(student.name, MAX_NAME)

    def file_name(self, student: Student) -> str:
        """The name, without a suffix, of the student's report."""
        return student.key

    def shown(self, text: str, hand_in: HandIn) -> str:
        """A text by or about this student as a page may show it."""
        return readable(text)


class Pseudonyms(Names):
    """Pseudonyms, which also replace the names that stand in texts.

    Found are every student's full name, identifiers and e-mail address in any text, the parts of the student's own name
    in their own texts, and names of files. A nickname or a hint in the student's own words is not found. Some short
    strings a student stay in memory.
    """

    def __init__(self, hand_ins: Iterable[HandIn]) -> None:
        self._known: dict[str, str] = {}
        for hand_in in hand_ins:
            stands = pseudonym(hand_in.student.key)
            for name in _whole_names(hand_in.student):
                self._known.setdefault(name, stands)

    def called(self, student: Student) -> str:
        """The pseudonym."""
        return pseudonym(student.key)

    def own(self, student: Student) -> str:
        """The pseudonym."""
        return pseudonym(student.key)

    def file_name(self, student: Student) -> str:
        """The pseudonym."""
        return pseudonym(student.key)

    def shown(self, text: str, hand_in: HandIn) -> str:
        """A text by or about this student, cleaned, and without names."""
        text = readable(text)
        for file in sorted(hand_in.files, key=len, reverse=True):
            text = text.replace(readable(file), "(a file)")
        text = _EMAIL.sub("(an e-mail address)", _FILE.sub("(a file)", text))
        return self._without_names(text, hand_in.student)

    def _without_names(self, text: str, student: Student) -> str:
        stands = pseudonym(student.key)
        own = dict.fromkeys(_whole_names(student, least=LEAST_PART), stands)
        parts = {_folded(word) for word in _WORD.findall(student.name)}
        words = list(_WORD.finditer(text))
        folded = [_folded(word[0]) for word in words]
        pieces: list[str] = []
        end = at = 0
        while at < len(words):
            length, name = self._found(text, words, folded, at, own)
            if not name and _is_part(words[at][0], folded[at], parts):
                length, name = 1, stands
            if name:
                pieces += [text[end : words[at].start()], name]
                at += length
                end = words[at - 1].end()
            else:
                at += 1
        return "".join([*pieces, text[end:]])

    def _found(
        self, text: str, words: list[re.Match[str]], folded: list[str], at: int, own: dict[str, str]
    ) -> tuple[int, str]:
        """How many words from ``at`` on are a name, in any order, and what stands for it."""
        for length in range(min(_LONGEST, len(words) - at), 0, -1):
            gaps = (text[words[k].end() : words[k + 1].start()] for k in range(at, at + length - 1))
            if any(len(gap) > 2 or "\n" in gap for gap in gaps):
                continue
            run = folded[at : at + length]
            for turn in range(length):
                joined = "".join(run[turn:] + run[:turn])
                if name := own.get(joined) or self._known.get(joined):
                    return length, name
        return 0, ""


def _whole_names(student: Student, least: int = LEAST_ALONE) -> Iterator[str]:
    """What stands for the student wherever it is found, its words joined."""
    words = [_folded(word) for word in _WORD.findall(student.name)]
    if len(words) > 1:
        yield "".join(words)
        yield words[-1] + "".join(words[:-1])
        yield words[0] + words[-1]
        yield words[-1] + words[0]
    elif words and len(words[0]) >= least:
        yield words[0]
    for identifier in (student.email, student.email.partition("@")[0], student.key, *student.ids.values()):
        joined = "".join(map(_folded, _WORD.findall(identifier)))
        if len(joined) >= LEAST_ID:
            yield joined


def _is_part(word: str, folded: str, parts: set[str]) -> bool:
    """Whether the word is a part of the student's name, or the beginning or end of one that is written together."""
    if folded in parts:
        return len(folded) >= LEAST_PART or word[0].isupper()
    return (
        len(folded) >= LEAST_PART
        and word[0].isupper()
        and any(part.startswith(folded) or part.endswith(folded) for part in parts)
    )


def words_of(name: str) -> list[str]:
    """The words of a name without case, accents and apostrophes."""
    return [str(word) for word in _WORD.findall(_folded(name.translate(_APOSTROPHES)))]


def _folded(word: str) -> str:
    """The word without case and accents."""
    plain = unicodedata.normalize("NFKD", word.casefold()).translate(_LETTERS)
    return "".join(c for c in plain if not unicodedata.combining(c))
