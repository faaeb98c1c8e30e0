#!/usr/bin/env python3
"""Puts Russian words into groups that are used alike, from the word vectors of natasha and the project's own texts.

pip install numpy navec; pip download --no-deps natasha==1.6.0, unpacked
python3 tools/russian_clusters.py natasha/data/emb/navec_news_v1_1B_250K_300d_100q.tar words.tsv
cargo run --release --example train_entities -- clusters --names words.tsv --out data/entities/clusters_ru.bin

Two rounds of spherical k-means on the first 80 principal components: 63 families, up to 16 groups in each. Each family
is then divided by what its words are mostly in names, 1,024 times the number of the sort: none or unsure, person,
place, organisation. A small network learned the sorts from the vectors of the words of training/ru and training/uk,
the texts kept to measure on left out, and tells them of all others. The number of a group is 16 times that of its
family (from 1), that of the group in it and that of the sort. Seeded: the same vectors and texts give the same groups
on the same version of numpy.
"""
import collections
import glob
import re
import sys

import numpy as np
from navec import Navec

FAMILIES, GROUPS, COMPONENTS = 63, 16, 80
CENTRED_ON = 110_000
SORTS = ("", "PER", "LOC", "ORG")
HIDDEN, PASSES, SURE = 64, 30, 0.6
# A word of small letters counts so much less for what it is: it is met all the time.
SMALL_MAX = 4
# Written after the groups were made.
LATER = ("training/ru/701.txt", "training/ru/702.txt")
MASK = (1 << 64) - 1


def unit(rows):
    return rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-6)


def centres_of(rows, count, rounds, random):
    centres = rows[random.choice(len(rows), count, replace=False)]
    for _ in range(rounds):
        nearest = nearest_of(rows, centres)
        sums = np.zeros_like(centres)
        np.add.at(sums, nearest, rows)
        empty = np.bincount(nearest, minlength=count) == 0
        sums[empty] = rows[random.choice(len(rows), empty.sum())]
        centres = unit(sums)
    return centres


def nearest_of(rows, centres):
    return np.concatenate([np.argmax(rows[s : s + 20_000] @ centres.T, axis=1) for s in range(0, len(rows), 20_000)])


def mix(a, b):
    product = (a ^ 0x9E3779B97F4A7C15) * (b ^ 0xD1B54A32D192ED03)
    return (product & MASK) ^ (product >> 64)


def is_held_out(text):
    """As examples/train_entities/corpus.rs tells it, by the hash of src/enrich/entities/hash.rs."""
    data = text.encode()
    value = len(data)
    for at in range(0, len(data), 8):
        value = mix(value, int.from_bytes(data[at : at + 8].ljust(8, b"\0"), "little"))
    return value % 10 == 0


def labelled():
    """How often each word of the texts is in a name of each sort, and in none."""
    label = re.compile(r"\[(PER|LOC|ORG) ([^]]*)\]")
    counts = collections.defaultdict(lambda: np.zeros(len(SORTS)))
    for path in sorted(set(glob.glob("training/ru/*.txt") + glob.glob("training/uk/*.txt")) - set(LATER)):
        for item in re.split(r"^%%.*\n", open(path, encoding="utf8").read(), flags=re.M):
            item = item.strip()
            if not item or is_held_out(label.sub(lambda m: m.group(2).strip(), item)):
                continue
            at = 0
            for m in label.finditer(item):
                count(counts, item[at : m.start()], 0)
                count(counts, m.group(2), SORTS.index(m.group(1)))
                at = m.end()
            count(counts, item[at:], 0)
    return counts


def count(counts, text, sort):
    for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text):
        small = word[0].islower()
        if not (small and sort):
            row = counts[word.lower()]
            if not small or row[0] < SMALL_MAX:
                row[sort] += 1


def sorts_of(vectors, index, random):
    """The sort of every word by its vector."""
    counts = {index[w]: c / c.sum() for w, c in sorted(labelled().items()) if w in index}
    known = np.array(sorted(counts))
    wanted = np.array([counts[i] for i in known], np.float32)
    rows = vectors[known]
    size = rows.shape[1]
    weights = [
        (random.randn(size, HIDDEN) / np.sqrt(size)).astype(np.float32),
        np.zeros(HIDDEN, np.float32),
        (random.randn(HIDDEN, len(SORTS)) / np.sqrt(HIDDEN)).astype(np.float32),
        np.zeros(len(SORTS), np.float32),
    ]
    squares = [np.zeros_like(w) for w in weights]
    for _ in range(PASSES):
        order = random.permutation(len(known))
        for start in range(0, len(order), 64):
            own = order[start : start + 64]
            kept = (random.rand(len(own), HIDDEN) < 0.7) / 0.7
            hidden, told = tell(rows[own], weights)
            hidden = hidden * kept
            told = softmax(hidden @ weights[2] + weights[3])
            error = (told - wanted[own]) / len(own)
            back = (error @ weights[2].T) * kept * (hidden > 0)
            steps = [rows[own].T @ back, back.sum(0), hidden.T @ error, error.sum(0)]
            for weight, square, step in zip(weights, squares, steps):
                step = step + 1e-4 * weight
                square *= 0.999
                square += 0.001 * step * step
                weight -= (0.002 * step / (np.sqrt(square) + 1e-5)).astype(np.float32)
    told = np.concatenate([tell(vectors[s : s + 20_000], weights)[1] for s in range(0, len(vectors), 20_000)])
    # What the texts themselves say, says more than a vector.
    told[known] = (told[known] + wanted) / 2
    best = told.argmax(1)
    return np.where(told[np.arange(len(told)), best] >= SURE, best, 0)


def softmax(scores):
    power = np.exp(scores - scores.max(1, keepdims=True))
    return power / power.sum(1, keepdims=True)


def tell(rows, weights):
    hidden = np.maximum(rows @ weights[0] + weights[1], 0)
    return hidden, softmax(hidden @ weights[2] + weights[3])


def main():
    vectors = Navec.load(sys.argv[1])
    words, counts = vectors.vocab.words, np.array(vectors.vocab.counts)
    russian = lambda word: any("а" <= c <= "я" or c == "ё" for c in word)
    order = [i for i in np.argsort(-counts, kind="stable") if i < len(vectors.pq.indexes) and russian(words[i])]
    indexes, codes = vectors.pq.indexes[order], vectors.pq.codes
    rows = unit(np.concatenate([codes[q][indexes[:, q]] for q in range(indexes.shape[1])], axis=1).astype(np.float32))
    whole = rows * np.float32(np.sqrt(rows.shape[1]))
    rows = unit(rows @ np.linalg.svd(rows[:20_000], full_matrices=False)[2][:COMPONENTS].T)
    random = np.random.RandomState(0)
    common = rows[:CENTRED_ON]
    family = nearest_of(rows, centres_of(common, FAMILIES, 15, random))
    group = np.zeros(len(order), np.int32)
    for f in range(FAMILIES):
        own = np.where(family == f)[0]
        first = own[own < CENTRED_ON]
        centres = centres_of(rows[first], min(GROUPS, len(first)), 12, random)
        group[own] = (f + 1) * GROUPS + nearest_of(rows[own], centres)
    sort = sorts_of(whole, {words[i]: at for at, i in enumerate(order)}, random)
    print(len(order), "words;", *(f"{name or 'none'} {n}" for name, n in zip(SORTS, np.bincount(sort))))
    with open(sys.argv[2], "w", encoding="utf8") as out:
        out.writelines(f"{words[i]}\t{g + 1024 * s}\n" for i, g, s in zip(order, group, sort))


main()
