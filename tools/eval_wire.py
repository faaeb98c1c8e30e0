#!/usr/bin/env python3
"""Re-reads fields of wire files with Python's own XML, JSON and mail modules and compares
them with what `dateline inspect --format jsonl` prints. Prints disagreement by field and a
table by source."""
import argparse, collections, email, email.policy, email.utils, glob, html, json, os, re, subprocess, sys, tempfile
import xml.etree.ElementTree as ET

ap = argparse.ArgumentParser()
ap.add_argument('data'); ap.add_argument('--bin', required=True); ap.add_argument('--show', type=int, default=3)
ap.add_argument('--field'); ap.add_argument('--floor', type=float, default=None)
args = ap.parse_args()
local = lambda t: t.split('}')[-1] if isinstance(t, str) else ''
norm = lambda s: re.sub(r'\W+', '', (s or '')).lower()

def parse(data):
    # Whole sequences of UTF-8 beyond ASCII are proof of it, whatever the file declares.
    declared = re.match(rb'[^>]*encoding=["\']([A-Za-z0-9_.-]+)', data[:200])
    try: is_utf8 = not data.isascii() and bool(data.decode('utf-8'))
    except UnicodeDecodeError: is_utf8 = False
    if not is_utf8:
        try: return ET.fromstring(data)
        except Exception: pass
    t = None
    for enc in ('utf-8-sig', *([declared[1].decode()] if declared else [])):
        try: t = data.decode(enc); break
        except Exception: pass
    # What states no encoding and is no UTF-8 cannot be re-read without a guess: it is not asked.
    if t is None: return None
    t = re.sub(r'<\?xml.*?\?>', '', t, count=1); t = re.sub(r'<!DOCTYPE[^\[>]*(\[.*?\])?\s*>', '', t, count=1, flags=re.S)
    try: return ET.fromstring(t.lstrip('\ufeff \r\n\t').encode())
    except Exception: return None
def kids(e, n): return [c for c in e if local(c.tag).lower() == n.lower()]
def kid(e, p):
    for n in p.split('/'):
        c = kids(e, n) if e is not None else []
        if not c: return None
        e = c[0]
    return e
def find(e, n): return next((c for c in e.iter() if local(c.tag).lower() == n.lower()), None) if e is not None else None
def findall(e, n): return [c for c in e.iter() if local(c.tag).lower() == n.lower()]
def txt(e):
    if e is None: return None
    t = ' '.join(' '.join(e.itertext()).split()); return t or None
def attr(e, n):
    if e is None: return None
    for k, v in e.attrib.items():
        if local(k).lower() == n.lower() and v.strip(): return v.strip()
def instant(s):
    """(local seconds string, offset) of the common shapes"""
    if not s: return None
    m = re.match(r'(\d{4})-?(\d\d)-?(\d\d)(?:[T ]?(\d\d):?(\d\d):?(\d\d)?(?:\.\d+)?\s*(Z|[+-]\d\d:?\d\d)?)?$', s.strip())
    if m:
        y, mo, d, h, mi, se, z = m.groups()
        out = f'{y}-{mo}-{d}'
        if h: out += f'T{h}:{mi}:{se or "00"}' + ('' if not z else 'Z' if z in ('Z', '+0000', '+00:00', '-0000', '-00:00') else z[:3] + ':' + z[-2:])
        return out
    try:
        d = email.utils.parsedate_to_datetime(s)
        return d.strftime('%Y-%m-%dT%H:%M:%S') + ('' if d.tzinfo is None else 'Z' if not d.utcoffset() else d.strftime('%z')[:3] + ':' + d.strftime('%z')[3:5])
    except Exception: return None
STATUS = {'usable': 'usable', 'withheld': 'withheld', 'canceled': 'kill', 'cancelled': 'kill', 'embargoed': 'embargoed', 'killed': 'kill'}
def lang(s): return None if not s else re.split('[-_]', s)[0].lower()

def letters(e, skip=()):
    """letters and digits of the text, for lengths"""
    out = []
    def go(x):
        if local(x.tag).lower() in skip: return
        out.append(x.text or '')
        for c in x: go(c); out.append(c.tail or '')
    go(e); return norm(''.join(out))
def body_ok(want, story):
    """the letters of the body that the markup holds are a part of the text"""
    return want in norm(story['text'])

def g2(root):
    rows = []
    sent = txt(kid(find(root, 'header'), 'sent')) if find(root, 'header') is not None else None
    for it in root.iter():
        if local(it.tag) not in ('newsItem', 'packageItem'): continue
        im, cm, cs = kid(it, 'itemMeta'), kid(it, 'contentMeta'), kid(it, 'contentSet')
        im = im if im is not None else ET.Element('x'); cm = cm if cm is not None else ET.Element('x')
        row = {'guid': attr(it, 'guid'), 'version': attr(it, 'version'), 'headline': txt(kid(cm, 'headline')),
               'dateline': txt(kid(cm, 'dateline')), 'filed': instant(txt(kid(im, 'versionCreated'))), 'urgency': txt(kid(cm, 'urgency')),
               'slug': txt(kid(cm, 'slugline')), 'byline': txt(kid(cm, 'by')), 'lang': lang(attr(kid(cm, 'language'), 'tag') or attr(it, 'lang')),
               'subjects': len({(attr(s, 'qcode') or attr(s, 'uri') or attr(s, 'literal') or '', txt(kid(s, 'name')) or '') for s in kids(cm, 'subject') if attr(s, 'qcode') or attr(s, 'uri') or attr(s, 'literal') or txt(s)})}
        st = STATUS.get((attr(kid(im, 'pubStatus'), 'qcode') or '').split(':')[-1]); sig = [attr(s, 'qcode') or '' for s in kids(im, 'signal')]
        if st == 'usable' and kid(im, 'embargoed') is not None and txt(kid(im, 'embargoed')): st = None
        if st == 'usable': st = 'correction' if any('correct' in s for s in sig) else 'update' if any('update' in s for s in sig) else st
        row['status'] = st
        n = kid(im, 'edNote'); row['ednote'] = bool(txt(n)) if n is not None else None
        if cs is not None:
            want = ''
            for x in cs:
                if local(x.tag) == 'inlineXML':
                    b = find(x, 'body.content'); b = b if b is not None else find(x, 'body'); b = b if b is not None else x
                    if kid(b, 'section') is not None:
                        want += ''.join(letters(s) for s in b if local(s.tag) == 'section' and 'np-' not in (attr(s, 'class') or ''))
                    elif len(list(x)): want += letters(b, ('style', 'script', 'head'))
                elif local(x.tag) == 'inlineData' and not attr(x, 'encoding') and not (attr(x, 'rendition') and (attr(x, 'contenttype') or '').startswith('text/plain') and any(local(y.tag) == 'inlineXML' for y in cs)):
                    t = ' '.join(x.itertext()); want += norm(html.unescape(re.sub('<[^>]*>', ' ', t)) if re.search(r'<(p|br|div)\b', t) else t)
            row['body'] = want
        has = row.get('body') or row['headline'] or find(cm, 'description') is not None or txt(kid(im, 'title')) or (local(it.tag) == 'packageItem' and find(it, 'itemRef') is not None)
        if has: rows.append(row)
    return rows
def n1(root):
    rows = []
    for it in findall(root, 'NewsItem') or [root]:
        nm, ni = find(it, 'NewsManagement'), find(it, 'NewsIdentifier')
        row = {'headline': next((txt(h) for h in findall(it, 'HeadLine') if txt(h)), None), 'dateline': next((txt(h) for h in findall(it, 'DateLine') if txt(h)), None),
               'filed': instant(txt(find(nm, 'ThisRevisionCreated'))) if nm is not None else None,
               'version': txt(kid(ni, 'RevisionId')) if ni is not None else None,
               'status': STATUS.get((attr(find(nm, 'Status'), 'FormalName') or '').lower()) if nm is not None else None,
               'urgency': (attr(find(nm, 'Urgency'), 'FormalName') or txt(find(nm, 'Urgency'))) if nm is not None else None,
               'byline': next((txt(h) for h in findall(it, 'ByLine') if txt(h)), None),
               'slug': next((txt(h) for h in findall(it, 'SlugLine') if txt(h)), None)}
        ins = [attr(i, 'FormalName') or txt(i) or '' for i in (findall(nm, 'Instruction') if nm is not None else [])]
        if any(re.search('correct|rectif|update', i, re.I) for i in ins): row['status'] = None
        l = {lang(attr(x, 'FormalName')) for x in findall(it, 'Language') if attr(x, 'FormalName')}
        row['lang'] = l.pop() if len(l) == 1 else None
        nid = txt(kid(ni, 'NewsItemId')) if ni is not None else None
        row['guid_part'] = nid
        row['subjects'] = None
        bodies = []
        for dc in findall(it, 'DataContent'):
            b = find(dc, 'body.content'); b = b if b is not None else find(dc, 'body'); b = b if b is not None else dc
            t = letters(b, ('style', 'script', 'head'))
            if '&lt;' in ET.tostring(b).decode('ascii', 'replace') or not len(list(b)): t = norm(html.unescape(re.sub('<[^>]*>', ' ', ''.join(b.itertext()))))
            if t and not re.fullmatch(r'[a-z0-9]{3000,}', ''.join(b.itertext()).replace(' ', '')[:3000]): bodies.append(t)
        row['bodies'] = bodies
        if bodies or row['headline']: rows.append(row)
    return rows
def nitf(root):
    h, b = kid(root, 'head'), kid(root, 'body')
    dd = kid(h, 'docdata') if h is not None else None
    g = lambda p, a=None: (attr(kid(dd, p), a) if a else txt(kid(dd, p))) if dd is not None else None
    bh = kid(b, 'body.head') if b is not None else None
    row = {'headline': txt(find(bh, 'hl1')) if bh is not None else None, 'dateline': txt(kid(bh, 'dateline')) if bh is not None else None,
           'byline': txt(kid(bh, 'byline')) if bh is not None else None, 'guid': g('doc-id', 'id-string'), 'urgency': g('urgency', 'ed-urg'),
           'filed': instant(g('date.issue', 'norm')), 'status': STATUS.get((attr(dd, 'management-status') or '').lower()) if dd is not None else None,
           'ednote': bool(g('ed-msg', 'info')) or None}
    if h is not None:
        row['subjects'] = len({(attr(s, 'tobject.subject.refnum') or attr(s, 'tobject.subject.code') or '', tuple(attr(s, 'tobject.subject.' + k) for k in ('type', 'matter', 'detail'))) for s in findall(h, 'tobject.subject')})
    # The content of a note in the head is the note's.
    row['body'] = ''.join(letters(c) for c in kids(b, 'body.content')) if b is not None else ''
    return [row] if row['body'] or row['headline'] or txt(kid(h, 'title') if h is not None else None) else []
def words(e):
    """what is left of an element's text without the tags of escaped markup"""
    return re.sub(r'(?s)<(svg|style|script)\b.*?</\1>|<[^>]*>|<!.*', ' ', html.unescape(' '.join(t for x in e.iter() if local(x.tag) not in ('svg', 'desc', 'abbr') for t in [x.text or '', x.tail or '']))).strip()
def feed(root):
    rows = []
    for it in root.iter():
        # Pictures and menus of WordPress are items too.
        if txt(kid(it, 'post_type')) in ('attachment', 'nav_menu_item', 'revision', 'custom_css', 'wp_block', 'wp_global_styles'): continue
        if local(it.tag).lower() not in ('item', 'entry'): continue
        if not any(words(c) for n in ('title', 'description', 'summary', 'content', 'encoded', 'tagline', 'body') for c in kids(it, n) if 'mrss' not in c.tag and 'media' not in c.tag): continue
        d = next((txt(c) for n in ('pubDate', 'published', 'issued', 'date', 'updated', 'modified') for c in kids(it, n) if txt(c)), None)
        rows.append({'headline': next((html.unescape(re.sub('<[^>]*>', ' ', html.unescape(txt(k) or ''))) for k in kids(it, 'title') if 'media' not in k.tag and 'mrss' not in k.tag), None), 'filed': instant(d), 'loose': True,
                     'plain': next((txt(k) for k in kids(it, 'title') if 'media' not in k.tag and 'mrss' not in k.tag), None)})
    return rows
def nk(d): return {re.sub(r'[^a-z0-9]', '', k.lower()): v for k, v in d.items()} if isinstance(d, dict) else {}
def s1(v):
    if isinstance(v, list): v = next((x for x in v if isinstance(x, dict) and x.get('role') in ('main', None)), v[0]) if v else None
    if isinstance(v, dict): v = v.get('value') or v.get('name') or v.get('by')
    return str(v) if isinstance(v, (str, int, float)) and str(v).strip() else None
def ninjs(d):
    rows = []
    def go(x, depth=0):
        if depth > 6: return
        if isinstance(x, list):
            for i in x: go(i, depth + 1)
        elif isinstance(x, dict):
            k = nk(x)
            hl = s1(k.get('headlines')) or s1(k.get('headline')) or s1(k.get('title'))
            text = [k.get(n) for n in ('bodyhtml', 'bodyxhtml', 'bodytext')] + ([b.get('value') for b in k.get('bodies', []) if isinstance(b, dict)] if isinstance(k.get('bodies'), list) else [])
            text = [t for t in text if isinstance(t, str) and t.strip()]
            if ('uri' in k or 'guid' in k) and (hl or text):
                f = s1(k.get('versioncreated'))
                st = STATUS.get((s1(k.get('pubstatus')) or '').lower())
                rows.append({'headline': hl and html.unescape(re.sub('<[^>]*>', ' ', hl)), 'filed': instant(f), 'version': s1(k.get('version')), 'urgency': s1(k.get('urgency')),
                             'lang': lang(s1(k.get('language'))), 'status': None if k.get('embargoed') or k.get('signals') else st,
                             'guid': s1(k.get('guid')) or s1(k.get('uri')), 'anybody': [norm(html.unescape(re.sub(r'<[^>]*>', ' ', t))) for t in text] or None,
                             'slug': s1(k.get('slugline'))})
                return
            for v in x.values():
                if isinstance(v, (dict, list)): go(v, depth + 1)
    go(d); return rows
def mail(b):
    m = email.message_from_bytes(b, policy=email.policy.default)
    try: d = instant(str(m['date'])) if m['date'] else None
    except Exception: d = None
    try: sub = str(m['subject']) if m['subject'] else None
    except Exception: sub = None
    # Texts that are attached are stories too.
    more = sum(1 for p in m.walk() if p.get_content_disposition() == 'attachment' and p.get_content_maintype() == 'text')
    return [{'more': more, 'headline': sub if sub and '\ufffd' not in sub and 'udc' not in ascii(sub) else None, 'filed': d, 'guid': (m['message-id'] or '').strip('<> ') or None}]

def expected(path):
    b = open(path, 'rb').read(); s = b.lstrip(b'\xef\xbb\xbf \r\n\t')
    if s[:1] == b'<' or b[:2] in (b'\xff\xfe', b'\xfe\xff'):
        low = s[:3000].lower()
        if b'<!doctype html' in low or b'<html' in low[:600]: return 'html', None
        r = parse(b)
        if r is None: return 'xml-broken', None
        t = local(r.tag)
        if t in ('newsMessage', 'newsItem', 'packageItem') and find(r, 'NewsComponent') is None: return 'newsml-g2', g2(r)
        if t == 'NewsML': return 'newsml-1', n1(r)
        if t == 'nitf': return 'nitf', nitf(r)
        if t.lower() in ('rss', 'feed', 'rdf', 'channel'): return 'feed', feed(r)
        return 'xml', None
    if s[:1] in (b'{', b'['):
        try: d = json.loads(b.decode('utf-8-sig'))
        except Exception: return 'json-broken', None
        rows = ninjs(d)
        rows = [r for r in rows if r['headline'] or r['anybody']]
        return ('ap-json' if b'"api_version"' in s[:4096] or b'"org_name"' in s[:4096] else 'ninjs' if rows and (b'"uri"' in s or b'"guid"' in s) else 'json'), rows
    if re.match(rb'(From |[A-Za-z-]+: .*\r?\n([A-Za-z-]+:|\s))', s[:300]) and re.search(rb'(?mi)^subject:', s[:6000]): return 'mail', mail(b)
    if s[:3] == b'\x16\x16\x01': return 'anpa-1312', None
    return None, None

files = [p for p in sorted(glob.glob(os.path.join(args.data, '**', '*'), recursive=True)) if os.path.isfile(p)
         and os.path.basename(p) not in ('LICENCE-NOTE.txt',)]
def inspect(paths):
    out, i = {}, 0
    while i < len(paths):
        chunk = paths[i:i + 40]; i += 40
        p = subprocess.run([args.bin, 'inspect', '--format', 'jsonl', *chunk], capture_output=True)
        for line in p.stdout.decode('utf-8', 'replace').split('\n'):
            if line.strip(): d = json.loads(line); out.setdefault(d['path'], []).append(d)
        for line in p.stderr.decode('utf-8', 'replace').split('\n'):
            m = re.match(r'(.*?): (?:no story: )?(.*)', line)
            if not m: continue
            skipped.setdefault(m[1], m[2])
            # Members of a container lie below it.
            for p in chunk:
                if m[1].startswith(p + '/'): skipped.setdefault(p, m[2])
    return out
skipped = {}
stories = inspect(files)
def texts_of(path):
    p = subprocess.run([args.bin, 'inspect', '--format', 'text-only', path], capture_output=True); return p.stdout.decode('utf-8', 'replace')
by_source = collections.defaultdict(lambda: [0, 0, collections.Counter(), []])
holding, own, unexplained = 0, 0, []
asked, wrong, cases = collections.Counter(), collections.Counter(), collections.defaultdict(list)
def val(x): return x['value'] if isinstance(x, dict) else x
def check(field, want, got, path, ok=None):
    if want is None or want == '' : return
    asked[field] += 1
    if not (ok if ok is not None else norm(str(want)) == norm(str(got if got is not None else ''))):
        wrong[field] += 1; cases[field].append((path, want, got))
for path in files:
    src = os.path.relpath(path, args.data).split(os.sep)[0]
    row = by_source[src]; row[0] += 1
    # members of containers have paths below the file's
    mine = [s for k, v in stories.items() if k == path or k.startswith(path + '/') for s in v]
    row[1] += len(mine)
    for s in mine: row[2][s['format']] += 1
    if not mine: row[2]['(no story: %s)' % skipped.get(path, '?')] += 1
    kind, rows = expected(path)
    for s in mine:
        raw = [w for w in s['warnings'] if w['raw_only'] or w['code'] == 'format-refused']
        if raw: row[3].append((os.path.relpath(path, args.data), s['format'], raw[0]['message']))
        # What looks like markup, values or mail and came out as plain text has to say why.
        if not raw and kind not in (None, 'mail') and s['format'] == 'text': unexplained.append((os.path.relpath(path, args.data), kind))
    if mine: holding += 1; own += not any(w['raw_only'] or s['format'] == 'text' and kind not in (None, 'mail') for s in mine for w in s['warnings'] or [{'raw_only': False}])
    elif path not in skipped: unexplained.append((os.path.relpath(path, args.data), 'neither a story nor a reason'))
    if rows is None: continue
    check('format', kind if rows else None, mine[0]['format'] if mine else None, path)
    if not rows: continue
    if kind != 'newsml-1' and not (rows and rows[0].get('loose')): check('stories', len(rows) + sum(r.get('more', 0) for r in rows), len(mine), path)
    text = texts_of(path) if len(mine) == 1 else None
    used = 0
    for i, want in enumerate(rows):
        if kind == 'newsml-1' and want.get('headline'):
            got = next((s for s in mine if norm(val(s['headline']) or '') == norm(want['headline'])), mine[i] if i < len(mine) else None)
        else: got = mine[i] if i < len(mine) and (len(rows) == len(mine) or rows[0].get('more')) else next((s for s in mine if norm(val(s['headline']) or '') == norm(want.get('headline') or '')), None)
        if got is None: check('headline', want.get('headline'), None, path); continue
        # A title may be plain text with angle brackets or HTML: either reading will do.
        plain = [want.get('headline'), want.get('plain')]
        check('headline', want.get('headline'), val(got['headline']), path, norm(val(got['headline']) or '') in [norm(p) for p in plain if p])
        check('dateline', want.get('dateline'), val(got['dateline_field']), path)
        if not want.get('loose') or want.get('filed'): check('filed', want.get('filed'), got['filed']['value'], path)
        for f in ('guid', 'version', 'urgency', 'slug', 'byline'):
            g = val(got[f]) or ''
            if f == 'byline' and want.get(f): check(f, want[f], g, path, norm(g) in norm(want[f]) or norm(want[f]) in norm(g)); continue
            if f == 'guid' and kind == 'ap-json': continue
            check(f, want.get(f), g, path)
        if want.get('guid_part'): check('guid', want['guid_part'], val(got['guid']), path, want['guid_part'] in (val(got['guid']) or ''))
        check('status', want.get('status'), got['status'], path)
        # A declared language that the text denies gives way, with a warning.
        denied = any(w['code'] == 'false-language' for w in got['warnings'])
        if want.get('lang') not in ('und', 'mul') and not denied: check('lang', want.get('lang'), got['lang'], path)
        if want.get('subjects'): check('subjects', want['subjects'], len(got['subjects']), path)
        if want.get('ednote'): check('ednote', True, got['ednote'] is not None, path)
        if text is not None:
            t = norm(text)
            if want.get('body'): check('body', len(want['body']), len(t), path, want['body'] in t)
            if want.get('bodies'): check('body', sum(map(len, want['bodies'])), len(t), path, all(b in t for b in want['bodies']))
            if want.get('anybody'): check('body', max(map(len, want['anybody'])), len(t), path, any(b in t for b in want['anybody']))
for src, (n, m, formats, falls) in by_source.items():
    print(f'{src:28} files {n:4} stories {m:5}  ' + ', '.join(f'{k} {v}' for k, v in formats.most_common()))
    for f in falls[:args.show * 4]: print('      fallback', *f)
    if len(falls) > args.show * 4: print(f'      … {len(falls) - args.show * 4} more fallbacks')
print(f'\n{len(files)} files, {holding} with stories, {own} of them by their own format ({100 * own / max(holding, 1):.1f} %); fallbacks that give no reason: {len(unexplained)}')
for u in unexplained: print('      unexplained', *u)
print()
for f in asked:
    print(f'{f:10} asked {asked[f]:5}  disagree {wrong[f]:4}  {100 * wrong[f] / asked[f]:.2f} %')
    if args.field in (None, f):
        for p, w, g in cases[f][:args.show if args.field is None else 99]: print('      ', os.path.relpath(p, args.data), '| markup', repr(w)[:90], '| read', repr(g)[:90])
total = sum(asked.values()); bad = sum(wrong.values())
print(f'all        asked {total:5}  disagree {bad:4}  {100 * bad / max(total, 1):.2f} %')
if args.floor is not None and bad > total * args.floor / 100: sys.exit(f'above the floor of {args.floor} %')
