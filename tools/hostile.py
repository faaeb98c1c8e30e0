#!/usr/bin/env python3
"""Indexes hostile files, all in one run, and measures memory: a zip bomb, a tar within a
tar a hundred deep, a billion laughs, external entities, a line of two GiB, a PDF and a mail
that grow, JSON and markup without end. Fails above 512 MiB, or where something was read
that is not in the files."""
import argparse, gzip, io, os, resource, subprocess, sys, tarfile, tempfile, time, zipfile, zlib

ap = argparse.ArgumentParser()
ap.add_argument('--bin', required=True); ap.add_argument('--jobs', default='2'); ap.add_argument('--limit', type=int, default=512)
args = ap.parse_args()

def tar_of(name, data):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode='w') as t:
        info = tarfile.TarInfo(name); info.size = len(data); t.addfile(info, io.BytesIO(data))
    return out.getvalue()

def pdf_of(content):
    packed = zlib.compress(content, 9)
    out = b'%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n'
    out += b'3 0 obj\n<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>\nendobj\n'
    out += b'4 0 obj\n<</Length %d/Filter/FlateDecode>>\nstream\n' % len(packed) + packed + b'\nendstream\nendobj\n'
    out += b'5 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>\nendobj\ntrailer\n<</Root 1 0 R/Size 6>>\n%%EOF\n'
    return out

with tempfile.TemporaryDirectory() as folder:
    def put(name, data):
        with open(os.path.join(folder, name), 'wb') as f: f.write(data)
    zeros = bytes(1 << 20)
    for name in ('bomb.zip', 'bomb2.zip'):
        with zipfile.ZipFile(os.path.join(folder, name), 'w', zipfile.ZIP_DEFLATED) as z:
            for i in range(16):
                with z.open(f'{i}.txt', 'w') as f:
                    for _ in range(256): f.write(zeros)
    put('words.txt.gz', gzip.compress(b'The bridge over the Lom reopened. ' * (6 << 20), 9))
    inner = b'PARIS (AFP) - A story.\n'
    for i in range(100): inner = tar_of(f'{i}.tar', inner)
    put('deep.tar', inner)
    laughs = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a0 "lol">' + ''.join(f'<!ENTITY a{i + 1} "{f"&a{i};" * 10}">' for i in range(12))
    put('laughs.xml', (laughs + ']><nitf><body><body.content><p>&a12; and copy</p></body.content></body></nitf>').encode())
    put('external.xml', b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd"><!ENTITY % p SYSTEM "http://127.0.0.1:9/x">%p;]><nitf><body><body.content><p>Copy &e; copy.</p></body.content></body></nitf>')
    for name in ('line.txt', 'line2.txt'):
        with open(os.path.join(folder, name), 'wb') as f: f.truncate(2 << 30)
    with open(os.path.join(folder, 'letters.txt'), 'wb') as f:
        for _ in range(80): f.write(b'x' * (1 << 20))
    put('open.json', b'[' * (40 << 20))
    put('open2.json', b'{"a":' * (10 << 20))
    put('values.json', b'[' + b'{"title":"a","body":"b"},' * (2 << 20) + b'0]')
    put('tags.xml', b'<nitf>' + b'<p>' * (20 << 20))
    put('tags.html', b'<html><body>' + b'<div>a' * (8 << 20))
    put('cells.csv', b'headline,text\n' + b'"a",' * (12 << 20))
    put('grows.pdf', pdf_of(b'BT /F 9 Tf ' + b'(a) Tj ' * (30 << 20)))
    put('mail.eml', b'Subject: a\nFrom: b@c.example\nContent-Type: multipart/mixed; boundary=x\n\n' + b'--x\nContent-Type: text/plain; name=a.txt\nContent-Disposition: attachment\n\ncopy\n' * (1 << 18))
    start = time.time()
    run = subprocess.run([args.bin, '--index', os.path.join(folder, 'archive'), 'index', '-j', args.jobs, folder], capture_output=True, text=True)
    seconds = time.time() - start
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(run.stderr.strip()[-4000:])
    found = subprocess.run([args.bin, '--index', os.path.join(folder, 'archive'), 'count', 'root'], capture_output=True, text=True)
    print(f'exit {run.returncode}, {seconds:.1f} s, peak {peak} MiB with {args.jobs} jobs; stories that name root: {found.stdout.strip() or 0}')
    if run.returncode not in (0, 5): sys.exit('it did not end well')
    if peak >= args.limit: sys.exit(f'more than {args.limit} MiB')
