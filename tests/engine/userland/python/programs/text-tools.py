import string, textwrap, hashlib, base64, hmac, struct, uuid, csv, io, random, statistics, copy, heapq, bisect
print(string.ascii_lowercase, string.Template("$a and $" + "{b}").substitute(a=1, b=2), textwrap.fill("The quick brown fox jumps over the lazy dog " * 2, 30), textwrap.dedent("    a\n      b"), textwrap.shorten("hello big world", 10))
print(hashlib.sha256(b"x").hexdigest(), hashlib.md5(b"").hexdigest(), base64.b64encode(b"hello!"), base64.b64decode("aGk="), hmac.new(b"k", b"m", "sha256").hexdigest()[:10], base64.urlsafe_b64encode(b"\xff\xfe"))
print(struct.pack(">IhB", 1, -2, 3), struct.unpack("<I", b"\x01\x00\x00\x00"), struct.calcsize("iq"), uuid.uuid5(uuid.NAMESPACE_DNS, "python.org"), len(str(uuid.uuid4())))
f = io.StringIO(); w = csv.writer(f); w.writerow(["a", "b,c", 'q"x', None]); w.writerow([1, 2.5, "", "z"]); print(repr(f.getvalue())); f.seek(0); print(list(csv.reader(f)), list(csv.DictReader(io.StringIO("x,y\n1,2\n"))))
random.seed(42); print(random.random(), random.randint(1, 100), random.choice("abcdef"), random.sample(range(10), 3), random.gauss(0, 1)); l = [1, 2, 3, 4, 5]; random.shuffle(l); print(l, random.uniform(1, 2), random.choices("ab", k=4))
print(statistics.mean([1, 2, 3, 4]), statistics.median([3, 1, 2]), statistics.stdev([1, 2, 3, 4]), statistics.mode("aab"))
a = [1, [2, 3]]; b = copy.deepcopy(a); b[1].append(4); print(a, b, copy.copy(a)[1] is a[1]); h = [3, 1, 2]; heapq.heapify(h); print(heapq.heappop(h), heapq.nlargest(2, [1, 5, 3]), bisect.bisect([1, 3, 5], 3))
