import http.server, threading, urllib.request, urllib.error, json
class H(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/missing": self.send_error(404); return
        body = json.dumps({"path": self.path}).encode()
        self.send_response(200); self.send_header("Content-Type", "application/json"); self.send_header("Content-Length", str(len(body))); self.end_headers(); self.wfile.write(body)
    def do_POST(self):
        n = int(self.headers["Content-Length"]); data = self.rfile.read(n)
        self.send_response(201); self.end_headers(); self.wfile.write(b"got " + data)
    def log_message(self, *a): pass
s = http.server.ThreadingHTTPServer(("127.0.0.1", 0), H)
threading.Thread(target=s.serve_forever, daemon=True).start()
base = f"http://127.0.0.1:{s.server_port}"
with urllib.request.urlopen(base + "/x?y=1") as r: print(r.status, r.headers["Content-Type"], json.load(r))
print(urllib.request.urlopen(base, data=b"body").read())
try: urllib.request.urlopen(base + "/missing")
except urllib.error.HTTPError as e: print(e.code, e.reason, e)
try: urllib.request.urlopen("http://127.0.0.1:1/")
except urllib.error.URLError as e: print(e)
s.shutdown(); print("done")
