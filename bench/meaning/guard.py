"""What two questions must have in common before their meanings are compared.

none     nothing
marks    the same numbers, names, quotations and code, as often the same words that deny, count,
         measure, compare, or tell time and length, and what both say in the same order
words    beside that, the same words in all, but for those that say nothing
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable

from bench.meaning.words import EMPTY, TELLING

Guard = Callable[[str, str], bool]

_TOKEN = re.compile(
    r"""[«"“„『《`][^»"”“』》`]+[»"”“』》`]    # a quotation
      | [\u3040-\u30ff\u4e00-\u9fff]          # a character that is a word, or a part of one
      | [^\s\u3040-\u30ff\u4e00-\u9fff]+""",
    re.VERBOSE,
)
_EDGES = "¿¡?!.,;:…？！。、，"
_SENTENCE = re.compile(r"[.?!:]\s+|^\W*")


def none(first: str, second: str) -> bool:
    return True


def marks(first: str, second: str) -> bool:
    return (
        _marks(first) == _marks(second)
        and _telling(first) == _telling(second)
        and _shared(first, second) == _shared(second, first)
    )


def words(first: str, second: str) -> bool:
    return marks(first, second) and _content(first) == _content(second)


GUARDS: dict[str, Guard] = {"none": none, "marks": marks, "words": words}


def _marks(text: str) -> list[str]:
    """What is no plain word, and words with a capital that no sentence begins with, in order."""
    begins = {one.end() for one in _SENTENCE.finditer(text)}
    return [
        _folded(word)
        for found in _TOKEN.finditer(text)
        if (word := found[0].strip(_EDGES))
        and (
            not re.fullmatch(r"[^\W\d_]+(['’-][^\W\d_]+)*", word)
            or word[1:] != word[1:].lower()
            or (word != word.lower() and found.start() not in begins)
        )
    ]


def _telling(text: str) -> Counter[str]:
    return Counter(one for one in _words(text) if one in TELLING)


def _shared(text: str, other: str) -> list[str]:
    """The words of a text that the other has too, in the order of this one."""
    also = set(_content(other))
    return [one for one in _content(text) if one in also]


def _content(text: str) -> list[str]:
    return [one for one in _words(text) if one not in EMPTY]


def _words(text: str) -> list[str]:
    return [word for one in _TOKEN.findall(text) if (word := _folded(one.strip(_EDGES)))]


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.sub("['’]", "", "".join(one for one in plain if not unicodedata.combining(one)))
