#!/usr/bin/env python3
"""Puts the commonest Russian words into groups that are used alike, from the word vectors of natasha.

pip install numpy navec; pip download --no-deps natasha==1.6.0, unpacked
python3 tools/russian_clusters.py natasha/data/emb/navec_news_v1_1B_250K_300d_100q.tar words.tsv
cargo run --release --example train_entities -- clusters --names words.tsv --out data/entities/clusters_ru.bin

Two rounds of spherical k-means on the first 80 principal components: 63 families, up to 16 groups in each. The number
of a group is 16 times that of its family (from 1) and that of the group in it. Seeded: the same vectors give the same
groups on the same version of numpy.
"""
import sys

import numpy as np
from navec import Navec

WORDS, FAMILIES, GROUPS, COMPONENTS = 110_000, 63, 16, 80


def unit(rows):
    return rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-6)


def means(rows, count, rounds, random):
    centres = rows[random.choice(len(rows), count, replace=False)]
    for _ in range(rounds):
        nearest = np.concatenate([np.argmax(rows[s : s + 20_000] @ centres.T, axis=1) for s in range(0, len(rows), 20_000)])
        sums = np.zeros_like(centres)
        np.add.at(sums, nearest, rows)
        empty = np.bincount(nearest, minlength=count) == 0
        sums[empty] = rows[random.choice(len(rows), empty.sum())]
        centres = unit(sums)
    return nearest


def main():
    vectors = Navec.load(sys.argv[1])
    words, counts = vectors.vocab.words, np.array(vectors.vocab.counts)
    russian = lambda word: any("а" <= c <= "я" or c == "ё" for c in word)
    order = [i for i in np.argsort(-counts, kind="stable") if i < len(vectors.pq.indexes) and russian(words[i])][:WORDS]
    indexes, codes = vectors.pq.indexes[order], vectors.pq.codes
    rows = unit(np.concatenate([codes[q][indexes[:, q]] for q in range(indexes.shape[1])], axis=1).astype(np.float32))
    rows = unit(rows @ np.linalg.svd(rows[:20_000], full_matrices=False)[2][:COMPONENTS].T)
    random = np.random.RandomState(0)
    family = means(rows, FAMILIES, 15, random)
    group = np.zeros(len(order), np.int32)
    for f in range(FAMILIES):
        own = np.where(family == f)[0]
        group[own] = (f + 1) * GROUPS + means(rows[own], min(GROUPS, len(own)), 12, random)
    with open(sys.argv[2], "w", encoding="utf8") as out:
        out.writelines(f"{words[i]}\t{g}\n" for i, g in zip(order, group))


main()
