#!/usr/bin/env python3
"""Opens exports of `dateline` with the programs of others.

For whoever changes a printer: the tests in Rust hold the bytes, this holds that others read
them. It makes a small hostile archive, exports it in every format, and reads each with a parser
that is not ours: Python's csv and json, openpyxl, rispy, bibtexparser. A parser that is not
installed is skipped and named. Refuses nothing and changes nothing outside a temporary folder.

    python3 tools/check_exports.py [--bin target/release/dateline]
"""

import argparse
import csv
import hashlib
import html.parser
import io
import json
import pathlib
import subprocess
import sys
import tempfile

HEADLINES = [
    '=HYPERLINK("http://evil.example","x")',
    "+1-2 @SUM(A1) <script>alert(1)</script>",
    'Quotes "a", commas, and {braces} & 100% $5 #1 a_b ~x^2 \\input{y}',
    "\x1b]0;x\x07Escapes \u202eand\u2066 overrides\x9b31m",
    "انفجار في وسط المدينة",
    "普京与佩泽希齐扬通电话",
    "TY  - JOUR } , author = {x}",
]


def run(binary, folder, *args):
    done = subprocess.run([binary, *args], cwd=folder, capture_output=True)
    if done.returncode not in (0, 1):
        sys.exit(f"dateline {' '.join(args)}: {done.stderr.decode()}")
    return done.stdout


class Page(html.parser.HTMLParser):
    """Notes elements, and whether they close in order."""

    VOID = {"meta", "link", "br", "hr", "img", "input"}

    def __init__(self):
        super().__init__()
        self.open, self.seen, self.faults = [], [], []

    def handle_starttag(self, tag, attrs):
        self.seen.append(tag)
        if tag not in self.VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name.startswith("on") or str(value).startswith("javascript:"):
                self.faults.append(f"{tag} {name}={value}")

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")


def optional(name):
    try:
        return __import__(name)
    except ImportError:
        print(f"skipped  {name} is not installed")
        return None


def check(what, holds):
    print(f"{'ok' if holds else 'FAILED':8} {what}")
    return bool(holds)


# The schema of CSL-JSON, version 1.0.2 (github.com/citation-style-language/schema), as far as
# news goes: an item has no other keys, its id and its type are there, and each value is of its kind.
CSL_STRINGS = {
    "id", "type", "abstract", "archive", "archive_location", "container-title", "genre", "keyword", "language",
    "medium", "note", "number", "publisher", "publisher-place", "section", "source", "status", "title", "title-short",
    "URL", "version",
}
CSL_NAMES = {"author", "editor", "translator"}
CSL_DATES = {"accessed", "issued", "original-date"}
CSL_NAME_KEYS = {"family", "given", "literal", "suffix", "dropping-particle", "non-dropping-particle", "parse-names"}


def csl_faults(items):
    for i, item in enumerate(items):
        for key in {"id", "type"} - set(item):
            yield f"item {i} has no {key}"
        for key, value in item.items():
            if key in CSL_STRINGS:
                right = isinstance(value, str) and value != ""
            elif key in CSL_NAMES:
                right = isinstance(value, list) and all(n and set(n) <= CSL_NAME_KEYS for n in value)
            elif key in CSL_DATES:
                right = set(value) == {"date-parts"} and 1 <= len(value["date-parts"]) <= 2 and all(
                    1 <= len(part) <= 3 and all(type(n) is int for n in part) for part in value["date-parts"])
            else:
                right = False
            if not right:
                yield f"item {i}: {key} = {value!r}"
    if len({item.get("id") for item in items}) != len(items):
        yield "two items have one id"


def main():
    args = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    args.add_argument("--bin", default="target/release/dateline")
    binary = str(pathlib.Path(args.parse_args().bin).resolve())
    results = []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "wires").mkdir()
        for i, headline in enumerate(HEADLINES):
            text = f"{headline}\n\nLYON, {i + 1} décembre 2024 (AFP) - Une tempête est passée sur la vallée {i}.\n"
            (folder / "wires" / f"{i}.txt").write_bytes(text.encode())
        subprocess.run([binary, "-q", "index", "wires"], cwd=folder, check=True, capture_output=True)
        n = len(HEADLINES)
        for ending in [
            "csv", "tsv", "json", "jsonl", "md", "html", "ris", "bib", "csl.json", "geojson", "xlsx", "ids", "paths", "txt",
        ]:
            run(binary, folder, "-q", "export", "*", "-o", f"out.{ending}")
            first = (folder / f"out.{ending}").read_bytes()
            run(binary, folder, "-q", "export", "*", "-o", f"out.{ending}")
            results.append(check(f"{ending}: the same bytes again", first == (folder / f"out.{ending}").read_bytes()))
            manifest = json.loads((folder / f"out.{ending}.manifest.json").read_bytes())
            results.append(check(f"{ending}: manifest", manifest["count"] == n and manifest["bytes"] == len(first)))
        read = lambda ending: (folder / f"out.{ending}").read_bytes().decode("utf-8")

        rows = list(csv.DictReader(io.StringIO(read("csv"))))
        results.append(check("csv: rows by Python's csv", len(rows) == n and all(None not in r for r in rows)))
        cells = [c for r in rows for c in r.values()]
        results.append(check("csv: no formulas", not any(c[:1] in "=+-@\t\r" for c in cells if c)))
        rows = list(csv.reader(io.StringIO(read("tsv")), delimiter="\t", quoting=csv.QUOTE_NONE))
        results.append(check("tsv: rows", len(rows) == n + 1 and len({len(r) for r in rows}) == 1))
        results.append(check("json", len(json.loads(read("json"))["hits"]) == n))
        results.append(check("jsonl", [json.loads(l)["schema"] for l in read("jsonl").splitlines()] == [1] * n))
        results.append(check("ids", len(set(read("ids").split())) == n))
        page = Page()
        page.feed(read("html"))
        results.append(check("html: elements close, no script", not page.open and not page.faults and "script" not in page.seen))
        results.append(check("html: stories", page.seen.count("article") == n))
        items = json.loads(read("csl.json"))
        results.append(check("csl: items", len(items) == n and all(i["type"] == "article-newspaper" for i in items)))

        faults = list(csl_faults(items))
        results.append(check(f"csl: the rules of its schema {faults[:3] or ''}", not faults))

        collection = json.loads(read("geojson"))
        points = [f["geometry"] and f["geometry"]["coordinates"] for f in collection["features"]]
        results.append(check("geojson: features", collection["type"] == "FeatureCollection" and len(points) == n))
        results.append(check("geojson: east before north", all(p and 4 < p[0] < 6 and 45 < p[1] < 47 for p in points)))

        if openpyxl := optional("openpyxl"):
            sheet = openpyxl.load_workbook(folder / "out.xlsx").active
            rows = list(sheet.iter_rows())
            results.append(check("xlsx: rows by openpyxl", len(rows) == n + 1))
            results.append(check("xlsx: no formulas", not any(c.data_type == "f" for r in rows for c in r)))
        if rispy := optional("rispy"):
            entries = rispy.loads(read("ris").replace("\r\n", "\n"))
            results.append(check("ris: entries by rispy", len(entries) == n and all(e["type_of_reference"] == "NEWS" for e in entries)))
        if bibtexparser := optional("bibtexparser"):
            entries = bibtexparser.parse_string(read("bib")).entries if hasattr(bibtexparser, "parse_string") else bibtexparser.loads(read("bib")).entries
            results.append(check("bibtex: entries by bibtexparser", len(entries) == n))
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
