import os, tempfile, io
from pathlib import Path
d = tempfile.mkdtemp(); os.chdir(d)
with open("a.txt", "w") as f: print("one", file=f); f.write("two\n"); f.writelines(["three\n", "four"])
with open("a.txt") as f: print(f.read().count("\n"), f.closed); f.seek(0); print(f.readline(), f.readlines())
print(f.closed, os.path.exists("a.txt"), os.path.getsize("a.txt"), [l.rstrip() for l in open("a.txt")])
with open("a.txt", "a") as f: f.write("!")
with open("b.bin", "wb") as f: f.write(bytes(range(5)))
print(open("b.bin", "rb").read(), open("a.txt").read()[-5:])
for name in ("missing.txt", d):
    try: open(name)
    except OSError as e: print(type(e).__name__, e.errno, e.strerror)
os.makedirs("x/y", exist_ok=True); Path("x/y/z.txt").write_text("hi"); Path("x/q.py").touch()
print(sorted(os.listdir(".")), sorted(str(p) for p in Path("x").rglob("*")), Path("x/y/z.txt").read_text())
p = Path("/usr/lib/app.tar.gz"); print(p.name, p.stem, p.suffix, p.suffixes, p.parent, p.parts, p.with_suffix(".zip"), p / "x", p.is_absolute())
print(os.path.join("a", "b", "/c"), os.path.split("/x/y.txt"), os.path.splitext("f.tar.gz"), os.path.basename("/a/b"), os.path.dirname("/a/b"), os.path.normpath("a/../b//c"))
for root, dirs, files in os.walk("x"): print(root, sorted(dirs), sorted(files))
import shutil, glob
shutil.copy("a.txt", "c.txt"); os.rename("c.txt", "d.txt"); print(sorted(glob.glob("*.txt")), sorted(glob.glob("**/*.txt", recursive=True))); os.remove("d.txt")
s = io.StringIO(); s.write("abc\ndef"); s.seek(0); print(s.readline(), s.getvalue(), io.BytesIO(b"xyz").read(2))
shutil.rmtree(d); print(os.path.exists(d))
open("/nonexistent/x")
