"""Students' names on pages, and their texts made fit to be shown: cleaned, cut, and without names if wanted.

Every text by a student goes through ``Names.shown`` before it reaches a page.
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
"""Maximum length of a text on a page, in characters; intake keeps as many of an explanation."""

MAX_NAME = 80
"""Maximum length of a name on a page, in characters."""

PSEUDONYM_DIGITS = 12
"""Number of hexadecimal digits: among 100,000 students, two have the same with a probability of 2e-5."""

LEAST_PART = 3
"""Least length of a part of a name that is replaced even in small letters; shorter ones (Li, Bo) need a capital."""

LEAST_ALONE = 5
"""Least length of a one-word name that is replaced in other students' texts too: Max and Will are also words."""

LEAST_ID = 4
"""Least length of an identifier that is replaced; a shorter one may be any number in a text."""

_LONGEST = 4
"""Maximum number of words in a row that are looked up as one name."""

_KEPT = {"\n": "\n", "\r": "\n", "\t": " ", "\N{ZERO WIDTH JOINER}": "\N{ZERO WIDTH JOINER}"}
_KEPT |= {"\N{ZERO WIDTH NON-JOINER}": "\N{ZERO WIDTH NON-JOINER}", "\N{SOFT HYPHEN}": "", "\N{BYTE ORDER MARK}": ""}
_LETTERS = str.maketrans(dict(zip("øłđðıæœþħŧ", ("o", "l", "d", "d", "i", "ae", "oe", "th", "h", "t"), strict=True)))
"""Replacements of letters such as ø, which Unicode does not split into a plain letter and an accent."""
_APOSTROPHES = dict.fromkeys((0x27, 0x60, 0xB4, 0x2BB, 0x2BC, 0x2019))
_WORD = re.compile(r"[^\W_]+")
# Both patterns match only from the beginning of a run of such characters. If they could match from each character of
# a run, the time would grow with the square of its length.
_EMAIL = re.compile(
    r"(?<![^\s@<>\"',;:()])[^\s@<>\"',;:()]+@[^\s@<>\"',;:()]+\.\w+"
    r"(?:[^\s@<>\"',;:()]*@[^\s@<>\"',;:()]+\.\w+)*"  # max@example.org/anna@example.org
)
_FILE = re.compile(
    r"(?<![^\s,;:`'\"()])[^\s,;:`'\"()]+\.(?:ipynb|py|zip|html|pdf|docx?|txt)\b",
    re.IGNORECASE,
)


class _Readable(dict[int, str]):
    """Maps a character's number to what is shown for it; each character is looked at once."""

    def __missing__(self, number: int) -> str:
        self[number] = shown = _shown(chr(number))
        return shown


_READABLE = _Readable()


def readable(text: str, most: int = MAX_TEXT) -> str:
    """Return a text without characters that could reorder it, be invisible in it or control a terminal.

    Line breaks stay; all after ``most`` characters is cut off.
    """
    kept = text[:most].replace("\r\n", "\n").translate(_READABLE)
    return kept + " …" if len(text) > most else kept


def _shown(character: str) -> str:
    if character.isprintable():
        return character
    if character in _KEPT:
        return _KEPT[character]
    return " " if unicodedata.category(character) == "Zs" else "\N{REPLACEMENT CHARACTER}"


def pseudonym(key: str) -> str:
    """Return a pseudonym that stays the same as long as the salt does; nobody can trace it back without the salt."""
    digest = hmac.new(settings.load().salt.encode(), key.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
    return f"student-{digest[:PSEUDONYM_DIGITS]}"


class Names:
    """The names of a class as they are."""

    def called(self, student: Student) -> str:
        """Return the student's name for a page for the staff, with the key in brackets unless it is the name."""
        name = readable(student.name, MAX_NAME)
        return name if name.casefold() == student.key.casefold() else f"{name} ({student.key})"

    def own(self, student: Student) -> str:
        """Return the student's name for the student's own page."""
        return readable(student.name, MAX_NAME)

    def file_name(self, student: Student) -> str:
        """Return the file name of the student's pages, without suffix."""
        return student.key

    def shown(self, text: str, hand_in: HandIn) -> str:
        """Return a text by or about this student as a page may show it."""
        return readable(text)


class Pseudonyms(Names):
    """Pseudonyms instead of names, also of those in texts.

    In all texts, every student's full name, identifiers and e-mail address are replaced, and the names of files. In a
    student's own texts, so are the parts of the student's name. Nicknames, and what a text says about its author in
    other words, are not found. Some short strings of each student stay in memory.
    """

    def __init__(self, hand_ins: Iterable[HandIn]) -> None:
        self._known: dict[str, str] = {}
        for hand_in in hand_ins:
            stands = pseudonym(hand_in.student.key)
            for name in _whole_names(hand_in.student):
                self._known.setdefault(name, stands)

    def called(self, student: Student) -> str:
        """Return the pseudonym."""
        return pseudonym(student.key)

    def own(self, student: Student) -> str:
        """Return the pseudonym."""
        return pseudonym(student.key)

    def file_name(self, student: Student) -> str:
        """Return the pseudonym."""
        return pseudonym(student.key)

    def shown(self, text: str, hand_in: HandIn) -> str:
        """Return a text by or about this student, cleaned, with pseudonyms instead of names."""
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
        """Look for a name in the words that begin at ``at``, in any rotation of them.

        Return the number of its words and its pseudonym, or 0 and an empty text.
        """
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
    """Yield the names and identifiers of a student that are replaced in any text, each with its words joined."""
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
    """Tell if a word is a part of the student's name, or the beginning or end of a part.

    A name in one word, such as ``lovelaceada``, is one part, and its first or last word is the beginning or end of it.
    """
    if folded in parts:
        return len(folded) >= LEAST_PART or word[0].isupper()
    return (
        len(folded) >= LEAST_PART
        and word[0].isupper()
        and any(part.startswith(folded) or part.endswith(folded) for part in parts)
    )


def words_of(name: str) -> list[str]:
    """Return the words of a name without case, accents and apostrophes."""
    return [str(word) for word in _WORD.findall(_folded(name.translate(_APOSTROPHES)))]


def _folded(word: str) -> str:
    """Return the word without case and accents."""
    plain = unicodedata.normalize("NFKD", word.casefold()).translate(_LETTERS)
    return "".join(c for c in plain if not unicodedata.combining(c))
