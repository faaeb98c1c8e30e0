#!/usr/bin/env python3
"""Measures whether the places of datelines get the right country.

python3 tools/dateline_countries.py --bin target/release/dateline FOLDER

FOLDER holds the files of Reuters-21578 (reut2-*.sgm), which are not part of the repository. The truth is independent of
the program's gazetteer: what a dateline writes behind the place (`NORCROSS, Ga.`), by the tables of states and countries
below, and for places without it a table of cities, written by hand from general knowledge. A name that no table has is
counted apart and printed, as are the wrong ones.
"""
import argparse
import collections
import glob
import html
import json
import os
import re
import subprocess
import sys

STATES = """ala alabama alaska ariz arizona ark arkansas calif california claif colo colorado conn connecticut dc del dela delaware
fla florida fal ga georgia hawaii idaho ill il illinois ind indiana iowa ia kan kansas ka ky kentucky ken la louisiana me maine md
maryland mass ma massachusetts mich michigan minn minnesota miss mississippi mo missouri mont montana neb nebraska nev nevada nh
nj newjersey nm ny newyork nc nd ohio okla ok oklahoma ore oregon pa penn pennsylvania ri sc sd tenn tennessee tex texas utah vt
vermont va virginia wash washington wva wisc wis wisconsin wyo wyoming""".split()
PROVINCES = """alberta bc britishcolumbia manitoba newbrunswick newfoundland novascotia ont ontario princeedwardisland que quebec
saskatchewan canada""".split()
COUNTRIES = {
    "AT": "austria", "AU": "australia", "BB": "barbados", "BD": "bangladesh", "BE": "belgium", "BM": "bermuda", "BR": "brazil",
    "CH": "switzerland", "CN": "china", "CO": "colombia", "DE": "westgermany", "EG": "egypt", "ES": "spain", "FR": "france",
    "GB": "england scotland wales", "HT": "haiti", "IN": "india", "IT": "italy", "JE": "jersey", "JM": "jamaica", "JP": "japan",
    "KY": "britishwestindies", "LB": "lebanon", "LC": "stlucia", "MX": "mexico", "NG": "nigeria", "NL": "netherlands thenetherlands",
    "NO": "norway", "NZ": "newzealand", "PH": "philippines", "PR": "pr puertorico", "SA": "saudiarabia", "TT": "trinidad",
    "ZA": "southafrica", "ZM": "zambia",
}
# Places that stand alone in datelines of 1987, and where they lie.
CITIES = {
    "US": """new york|washington|chicago|houston|los angeles|dallas|detroit|boston|minneapolis|miami|atlanta|san francisco|
        philadelphia|denver|pittsburgh|cleveland|st. louis|kansas city|cincinnati|seattle|oklahoma city|indianapolis|san diego|
        salt lake city|new orleans|milwaukee|baltimore|las vegas|st. paul|united nations|tulsa|phoenix|st louis|portland|honolulu|
        sioux city|memphis|south san francisco|san antonio|providence|des moines|omaha|st paul|sioux falls|annapolis|boise|
        toledo|stamford|boca raton|fort worth|austin|princeton|peoria|joliet|st joseph|amarillo|dodge city|richmond|white plains|
        santa barbara|greenwich|port arthur|reno|oakland|new haven|scottsville|fort wayne|rochester|valley forge|cape canaveral|
        cherry hill|rolling meadows|louisville|upper saddle river|rosemont|orlando|harrisburg|columbus|jefferson city|skokie|
        west fargo|tampa|fountain valley|beverly hills|anchorage|madison|bethesda|sacramento|new brunswick|maitland|birmingham""",
    "CA": "toronto|montreal|ottawa|winnipeg|vancouver|calgary|edmonton|quebec|regina",
    "GB": "london", "JP": "tokyo|osaka", "FR": "paris|strasbourg|calais", "BE": "brussels|antwerp|zeebrugge",
    "DE": """frankfurt|bonn|hamburg|wiesbaden|duesseldorf|munich|west berlin|east berlin|stuttgart|hanover|ratzeburg|wolfsburg|cologne|
        bremen|kiel|flensburg|nuremberg|mannheim""",
    "CH": "zurich|geneva|berne|basle", "HK": "hong kong", "CN": "peking|shanghai", "AU": "sydney|melbourne|canberra|adelaide|brisbane|perth",
    "PH": "manila", "TW": "taipei", "NZ": "wellington", "IT": "rome|milan|turin|sanremo|reggio calabria", "SE": "stockholm",
    "NL": "amsterdam|rotterdam|the hague|eindhoven|den bosch|heerlen", "BR": "rio de janeiro|sao paulo|brasilia|salvador", "ID": "jakarta",
    "ES": "madrid|saragossa|las palmas|barcelona", "SG": "singapore", "KR": "seoul", "MY": "kuala lumpur", "AR": "buenos aires", "TH": "bangkok",
    "ZA": "johannesburg|pretoria|cape town", "LU": "luxembourg", "BH": "bahrain", "VE": "caracas", "IN": "new delhi|bombay", "RU": "moscow",
    "FI": "helsinki", "RS": "belgrade", "EC": "quito", "BD": "dhaka|chittagong", "IQ": "baghdad", "AE": "abu dhabi|dubai", "DK": "copenhagen",
    "CO": "bogota", "NO": "oslo|stavanger", "LK": "colombo", "TR": "ankara|istanbul", "PE": "lima", "KW": "kuwait", "AT": "vienna",
    "ZM": "lusaka", "CY": "nicosia", "KE": "nairobi", "CI": "abidjan", "MX": "mexico city", "ZW": "harare", "GR": "athens", "NG": "lagos",
    "BO": "la paz", "EG": "cairo", "TZ": "dar es salaam", "PT": "lisbon", "LB": "beirut", "HU": "budapest", "UG": "kampala",
    "SA": "riyadh|jeddah", "PK": "karachi|islamabad", "PL": "warsaw", "CU": "havana", "CL": "santiago", "CR": "san jose", "IE": "dublin",
    "DZ": "algiers", "JO": "amman", "MG": "antananarivo", "NI": "managua", "IL": "tel aviv|jerusalem", "SD": "khartoum",
    "HT": "port-au-prince", "ET": "addis ababa", "QA": "doha", "SY": "damascus", "BW": "gaborone", "MU": "port louis", "JM": "kingston",
    "SR": "paramaribo", "MA": "rabat", "MM": "rangoon", "TD": "n'djamena", "CM": "yaounde", "PA": "panama city", "FJ": "suva",
    "DO": "santo domingo", "PG": "port moresby", "AW": "aruba", "GY": "georgetown", "CD": "kinshasa", "IS": "reykjavik", "MW": "zomba",
    "SO": "mogadishu", "SL": "freetown", "TN": "tunis", "SV": "san salvador", "TG": "lome", "GH": "accra", "UY": "montevideo",
}
DAYS = re.compile(r"[,\s]*\b(jan|feb|march|mar|april|apr|may|june|jun|july|aug|sept|sep|oct|nov|dec|jne)\w*\.?\s*\d.*$", re.I | re.S)


def bare(text):
    return re.sub(r"[^a-z]", "", text.lower())


def table():
    known = {key: "US" for key in STATES}
    known.update({key: "CA" for key in PROVINCES})
    for code, names in COUNTRIES.items():
        known.update({key: code for key in names.split()})
    cities = {bare(name): code for code, names in CITIES.items() for name in names.split("|")}
    return known, cities


def truth(written, known, cities):
    """code of the country, or nothing where the tables do not tell"""
    parts = [p for p in (p.strip() for p in written.split(",")) if bare(p)]
    if len(parts) > 1:
        return known.get(bare(parts[-1]))
    return cities.get(bare(parts[0])) if parts else None


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--bin", required=True)
    ap.add_argument("folder")
    args = ap.parse_args()
    files = sorted(glob.glob(os.path.join(args.folder, "*.sgm")))
    known, cities = table()
    count, wrong, strange = collections.Counter(), collections.Counter(), collections.Counter()
    for path in files:
        source = open(path, encoding="latin-1").read()
        written = {}
        for story in re.findall(r"<REUTERS.*?</REUTERS>", source, re.S):
            line = re.search(r"<DATELINE>(.*?)</DATELINE>", story, re.S)
            number = re.search(r'NEWID="(\d+)"', story).group(1)
            written[number] = DAYS.sub("", html.unescape(line.group(1))).strip(" -\n\t") if line else None
        out = subprocess.run([args.bin, "inspect", "--format", "jsonl", path], capture_output=True)
        if out.returncode not in (0, 5):
            sys.exit(out.stderr.decode("utf8", "replace")[-2000:])
        stories = [json.loads(s) for s in out.stdout.decode("utf8").splitlines()]
        for story in stories:
            place = written.get((story.get("guid") or {}).get("value"))
            if not place:
                continue
            code = truth(place, known, cities)
            if code is None:
                strange[place] += 1
                continue
            places = (story.get("dateline") or {}).get("places") or []
            got = places[0].get("country") if places else None
            key = "right" if got == code else "unknown" if got is None else "wrong"
            count[key] += 1
            if key != "right":
                wrong[f"{place}: {got}, not {code}"] += 1
    for line, n in wrong.most_common():
        print(n, line)
    print("in no table:", ", ".join(f"{name} {n}" for name, n in strange.most_common()))
    total = sum(count.values())
    print(f"{total} datelines: right {count['right']} ({100 * count['right'] / max(total, 1):.2f} %), "
          f"wrong {count['wrong']}, unknown {count['unknown']}; {sum(strange.values())} in no table")


main()
