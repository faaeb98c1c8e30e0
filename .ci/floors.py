#!/usr/bin/env python3
"""Passes an evaluation's output through and fails where a figure is below its floor.

    python3 some/evaluate.py | python3 .ci/floors.py TASK

A figure that the output no longer holds fails too: a check that finds nothing to look at is none.
Floors are what the program has reached and must not lose, a little below what was last measured.
"""

import re
import sys

# Task: what is looked for, with the least (or, behind <, the most) that it may be. A pattern with
# two groups is a share of the first in the second.
FLOORS = {
    "datelines": [(r"all ([\d.]+) %", 97), (r"false positives (\d+)/(\d+)", "<0.02")],
    "phrase": [(r"'tier:must': '(\d+)/(\d+)'", 1), (r"'tier:should': '(\d+)/(\d+)'", 0.8)],
    "when": [(r"'tier:must': '(\d+)/(\d+)'", 0.97), (r"'tier:should': '(\d+)/(\d+)'", 0.7)],
    "docdate": [(r"'correct_rate': ([\d.]+)", 0.85), (r"'wrong_rate': ([\d.]+)", "<0.03")],
    "timex": [
        (r"frnews .*'relaxed_F1': ([\d.]+)", 0.95),
        (r"frnews .*'value_F1': ([\d.]+)", 0.88),
        (r"tbaq-en .*'relaxed_F1': ([\d.]+)", 0.92),
        (r"tbaq-en .*'value_F1': ([\d.]+)", 0.8),
    ],
    "dupes": [
        (rf"{name} .*'pair_F1': ([\d.]+)", floor)
        for name, floor in {
            "retranslation-en": 0.97, "retranslation-fr": 0.97, "reuters-judged": 0.9, "versions-arzh": 0.89,
            "versions-en": 0.98, "versions-fr": 0.95,
        }.items()
    ],
    "names": [(r"recall +(\d+)/(\d+)", 0.95), (r"false alarms +(\d+)/(\d+)", "<0.07")],
    "entities": [
        (rf"{name} .*ALL +([\d.]+)", floor)
        for name, floor in {
            "wire_fr": 88, "wire_en": 90, "pud_fr": 79, "pud_en": 77, "pud_ru": 69, "conll_en": 81, "conll_es": 75,
            "germeval_de": 72, "bsnlp_ru": 84, "aner_ar": 64, "arman_fa": 65,
        }.items()
    ],
}


def main():
    task, text = sys.argv[1], sys.stdin.read()
    print(text, end="")
    faults = []
    for pattern, bound in FLOORS[task]:
        found = re.search(pattern, text)
        if not found:
            faults.append(f"no figure for {pattern}")
            continue
        numbers = [float(n) for n in found.groups()]
        value = numbers[0] / numbers[1] if len(numbers) == 2 else numbers[0]
        is_most = isinstance(bound, str)
        bound = float(str(bound).lstrip("<"))
        if value > bound if is_most else value < bound:
            faults.append(f"{found.group(0)}: {value:g}, {'at most' if is_most else 'at least'} {bound:g}")
    sys.exit(f"{task} is below its floor: " + "; ".join(faults) if faults else 0)


if __name__ == "__main__":
    main()
