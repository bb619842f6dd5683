/** Python in containers: signals, ends, logs, memory and ports. */
import { beforeAll, describe, expect, it } from 'vitest';
import { type PythonComputer, pythonComputer } from './computer.ts';

const FILES = {
  'server.py': `from http.server import BaseHTTPRequestHandler, HTTPServer
import os
class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        body = f"Hello from {os.environ.get('WHO', 'nobody')}\\n".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
print("listening", flush=True)
HTTPServer(("", 8000), Handler).serve_forever()
`,
  'graceful.py': `import signal, sys, time
def stop(number, frame):
    print("stopping", signal.Signals(number).name)
    sys.exit(3)
signal.signal(signal.SIGTERM, stop)
print("ready", flush=True)
while True:
    time.sleep(1)
`,
  'deaf.py': 'import time\nprint("ready", flush=True)\nwhile True:\n    time.sleep(1)\n',
  'busy.py': 'while True: pass\n',
  'hog.py': 'print("eating", flush=True)\nall = []\nwhile True:\n    all.append("x" * 1_000_000 + str(len(all)))\n',
  'big.py': 'x = [0] * 100_000_000\nprint(len(x))\n',
  'package/__init__.py': 'name = "package"\n',
  'package/inner.py': 'from . import name\ndef say(): return f"inner of {name}"\n',
  'package/__main__.py': 'from .inner import say\nprint(say(), __name__)\n',
};
const RUN = 'docker run -v ./src:/src -w /src';

describe('Python in containers', () => {
  let computer: PythonComputer;
  beforeAll(async () => {
    computer = await pythonComputer(FILES);
  }, 60_000);

  it('serves a port and logs requests', async () => {
    const { shell } = computer;
    await shell(`${RUN} -d --name web -p 8080:8000 -e WHO=tests python:3.13-slim python server.py`);
    expect(await shell('curl -s --retry 5 --retry-connrefused localhost:8080/x')).toMatchObject({ exit: 0, stdout: 'Hello from tests\n' });
    expect((await shell('docker logs web 2>&1')).stdout).toMatch(/^listening\n172\.17\.0\.1 - - \[.*\] "GET \/x HTTP\/1\.1" 200 -\n$/);
    expect((await shell('docker exec web python -c "import os; print(os.getpid() > 1, os.environ[\'WHO\'])"')).stdout).toBe('True tests\n');
    await shell('docker rm -f web');
  });

  it('serves files by the module http.server', async () => {
    const { shell } = computer;
    await shell(`${RUN} -d --name files -p 8081:9000 python:3.13-slim python -m http.server 9000 --directory /src/package`);
    expect((await shell('curl -s --retry 5 --retry-connrefused localhost:8081/inner.py')).stdout).toBe(FILES['package/inner.py']);
    expect((await shell('curl -s -o /dev/null -w "%{http_code}" localhost:8081/none')).stdout).toBe('404');
    await shell('docker rm -f files');
  });

  it('handles docker stop, or is killed', async () => {
    const { shell } = computer;
    await shell(`${RUN} -d --name good python:3.13-slim python graceful.py`);
    await shell(`${RUN} -d --name deaf python:3.13-slim python deaf.py`);
    await shell('sleep 2; docker stop good; docker stop -t 1 deaf');
    expect((await shell("docker inspect -f '{{.State.ExitCode}}' good deaf")).stdout).toBe('3\n137\n');
    expect((await shell('docker logs good')).stdout).toBe('ready\nstopping SIGTERM\n');
    await shell(`${RUN} -d --name loop python:3.13-slim python busy.py`);
    await shell('docker kill loop');
    expect((await shell("docker inspect -f '{{.State.ExitCode}}' loop")).stdout).toBe('137\n');
    await shell('docker rm good deaf loop');
  });

  it('is killed by the kernel for the memory it takes', async () => {
    const { shell } = computer;
    for (const file of ['hog.py', 'big.py']) {
      expect(await shell(`${RUN} --name hog -m 64m python:3.13-slim python ${file}`)).toMatchObject({ exit: 137 });
      expect((await shell("docker inspect -f '{{.State.OOMKilled}}' hog")).stdout).toBe('true\n');
      await shell('docker rm hog');
    }
  });

  it('runs packages, text, and what comes in', async () => {
    const { shell, machine } = computer;
    expect((await shell(`${RUN} --rm python:3.13-slim python -m package`)).stdout).toBe('inner of package __main__\n');
    expect((await shell('echo "print(6 * 7)" | docker run -i --rm python:3.13-slim python -')).stdout).toBe('42\n');
    expect(await shell('docker run --rm python:3.13-slim python nothing.py')).toMatchObject({
      exit: 2,
      stderr: "python: can't open file '/nothing.py': [Errno 2] No such file or directory\n",
    });
    expect((await shell('docker run --rm python:3.13-slim python -V')).stdout).toBe('Python 3.13.11\n');
    expect(await shell('docker run --rm python:3.13-slim python -c "import sys; sys.exit(7)"')).toMatchObject({ exit: 7 });
    expect(machine.faults()).toEqual([]);
  });

  it('caches what modules were compiled from, as long as the source is the same', async () => {
    const { shell, machine } = computer;
    await shell('docker run -d --name cached -w /app python:3.13-slim sleep infinity');
    const inside = async (command: string): Promise<string> => (await shell(`docker exec cached sh -c '${command}'`)).stdout;
    await inside('echo "x = 1" > m.py');
    expect(await inside('python -c "import m; print(m.x)"')).toBe('1\n');
    // The head of PEP 552, with the number of 3.13.
    expect(await inside('od -An -tx1 -N8 __pycache__/m.cpython-313.pyc')).toBe(' f3 0d 0d 0a 00 00 00 00\n');
    expect((await shell('docker diff cached')).stdout).toContain('A /app/__pycache__/m.cpython-313.pyc\n');
    await inside('echo "x = 2345" > m.py');
    expect(await inside('python -c "import m; print(m.x)"')).toBe('2345\n');
    await inside('rm -r __pycache__; echo "x = (" > broken.py');
    await inside('python -c "import broken"; PYTHONDONTWRITEBYTECODE=1 python -c "import m"');
    expect(await inside('ls -A')).toBe('broken.py\nm.py\n');
    await shell('docker rm -f cached');
    expect(machine.faults()).toEqual([]);
  });
});
