s = "Hello, World"
print(s.upper(), s.lower(), s.title(), s.swapcase(), s[::-1], s[1:5], s[-3:], len(s))
print(s.split(", "), "-".join(["a", "b"]), s.replace("o", "0"), s.find("W"), s.count("l"), s.startswith("He"))
print("  pad ".strip() + "|", "x".center(7, "*"), "x".ljust(3) + "|", "7".zfill(3), "a,b,,c".split(","))
print("%s is %d years and %.2f" % ("Bob", 42, 3.14159), "%5d|%-5d|%05d|%x|%o|%e" % (1, 2, 3, 255, 8, 12345.678))
print("{} {1} {0}".format("a", "b") if False else "{1} {0} {x!r:>6}".format("a", "b", x="q"))
print(f"{s!r} {len(s)=} {3.14159:.3f} {1000000:,} {0.256:.1%} {255:#x} {255:08b} {'mid':^9}|{-5:+d}")
print("caf\u00e9", "한국어".encode(), b"\xff\x00abc", "tab\tnl\n".__repr__(), '"', "it's", 'say "hi"')
print("abc" < "abd", "a" in "cat", "abc" * 3, ord("A"), chr(8364), "ß".upper(), "1".isdigit(), "Ab".isalpha())
print("line1\nline2\r\nline3".splitlines(), "a-b_c".partition("-"), "path/to/file".rpartition("/"))
print("hello world foo".split(maxsplit=1), "Mississippi".rsplit("s", 1), "x=1".translate(str.maketrans("x", "y")))
text = """multi
  line"""
print(text.expandtabs(), repr(text), "A" "B", r"raw\n")
