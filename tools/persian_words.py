#!/usr/bin/env python3
"""Makes data/persian_words.tsv: ordinary words of Persian, which are no names.

python3 tools/persian_words.py WORDS_DAT > data/persian_words.tsv

WORDS_DAT is hazm/data/words.dat of PyPI `hazm` 0.10.0 (MIT): word, frequency, tags. Only nouns, adjectives and adverbs
of some frequency are taken, and of those no name of a country, a region or a larger city in data/places.tsv.
"""
import pathlib
import re
import sys
import unicodedata

FREQUENCY_MIN = 20_000
ROOT = pathlib.Path(__file__).resolve().parent.parent


def key(word):
    word = unicodedata.normalize("NFKC", word).replace("ي", "ی").replace("ك", "ک").replace("\u200c", "")
    return "".join(c for c in word if not unicodedata.combining(c))


places = set()
for line in (ROOT / "data/places.tsv").read_text(encoding="utf8").splitlines():
    if not line.startswith("#"):
        places.update(key(w) for w in re.findall(r"[\u0600-\u06ff\u200c]+", line))
words = {}
for line in open(sys.argv[1], encoding="utf8"):
    word, frequency, tags = line.rstrip("\n").split("\t")[:3]
    tagged = set(tags.split(",")) & {"N", "AJ", "ADV"}
    plain = re.fullmatch(r"[\u0600-\u06ff]+", word)
    if tagged and plain and int(frequency) >= FREQUENCY_MIN and len(word) > 1 and key(word) not in places:
        words.setdefault(word[0], []).append(word)
print("# Ordinary words of Persian, made by tools/persian_words.py from PyPI hazm 0.10.0 (MIT).\n#class\tlang\twords")
for letter in sorted(words):
    print(f"common\tfa\t{'|'.join(sorted(set(words[letter])))}")
