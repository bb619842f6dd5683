from urllib.parse import urlparse, urlencode, quote, unquote, parse_qs, urljoin
u = urlparse("https://user:pw@example.com:8080/a/b?x=1&y=2#frag")
print(u, u.hostname, u.port, u.username, parse_qs(u.query), u.geturl())
print(urlencode({"a": "b c", "d": "é&"}), quote("/a b/ü"), unquote("%E2%9C%93+x"), urljoin("http://x/a/b", "../c"), urljoin("http://x/a/", "d?q=1"))
