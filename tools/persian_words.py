#!/usr/bin/env python3
"""Makes data/persian_words.tsv: ordinary words of Persian, which are no names.

python3 tools/persian_words.py HAZM_DATA > data/persian_words.tsv

HAZM_DATA is the folder hazm/data of PyPI `hazm` 0.10.0 (MIT): of words.dat (word, frequency, tags) nouns, adjectives
and adverbs of some frequency, of stopwords.dat all, of verbs.dat (stems of past and present) the forms that carry no
prefix. None is a name of data/places.tsv: of those that are words as well, the ordinary ones are in entity_words.tsv.
"""
import pathlib
import re
import sys
import unicodedata

FREQUENCY_MIN = 20_000
# Shorter forms of verbs are too often a part of something else.
LETTERS_MIN = 3
PERSONS = ["م", "ی", "یم", "ید", "ند"]
ROOT = pathlib.Path(__file__).resolve().parent.parent


def key(word):
    word = unicodedata.normalize("NFKC", word).replace("ي", "ی").replace("ك", "ک").replace("\u200c", "")
    return "".join(c for c in word if not unicodedata.combining(c))


def forms(past, present):
    """past: I went, he went, gone; present: I may go; the noun of action"""
    endings = [(past, [""] + PERSONS + ["ه", "ن"]), (present, ["د"] + PERSONS)]
    return {stem + end for stem, ends in endings if stem for end in ends}


def spellings(word):
    """A word, and as it was written until the reform of spelling: هوایی, هوائی."""
    return {word, word.replace("یی", "ئی")}


def names():
    out = set()
    for line in (ROOT / "data/places.tsv").read_text(encoding="utf8").splitlines():
        if not line.startswith("#"):
            out.update(key(w) for w in re.findall(r"[\u0600-\u06ff\u200c]+", line))
    return out


def main():
    folder = pathlib.Path(sys.argv[1])
    found = set()
    for line in (folder / "words.dat").read_text(encoding="utf8").splitlines():
        word, frequency, tags = line.split("\t")[:3]
        if set(tags.split(",")) & {"N", "AJ", "ADV"} and int(frequency) >= FREQUENCY_MIN:
            found.add(word)
    found.update((folder / "stopwords.dat").read_text(encoding="utf8").split())
    for line in (folder / "verbs.dat").read_text(encoding="utf8").splitlines():
        past, present = line.split("#")
        found.update(form for form in forms(past, present) if len(form) >= LETTERS_MIN)
    places = names()
    words = {}
    for word in found:
        if re.fullmatch(r"[\u0600-\u06ff]+", word) and len(word) > 1 and key(word) not in places:
            words.setdefault(word[0], set()).update(spellings(word))
    print("# Ordinary words of Persian, made by tools/persian_words.py from PyPI hazm 0.10.0 (MIT).\n#class\tlang\twords")
    for letter in sorted(words):
        print(f"common\tfa\t{'|'.join(sorted(words[letter]))}")


main()
