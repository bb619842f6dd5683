/** pip, its index, and what is installed by it: the counter of Compose's own quick start. */
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeHost } from '../../../../src/bin/host.ts';
import { createMachine } from '../../../../src/engine/machine/machine.ts';
import { type PlayedCommand, playCommand } from '../../../../src/engine/machine/play.ts';
import { bookSpec } from '../../../../src/engine/machine/spec.ts';
import type { Machine } from '../../../../src/engine/machine/types.ts';

const HOME = '/home/learner';
const FILES = {
  'counter/app.py': `import time
import redis
from flask import Flask

app = Flask(__name__)
cache = redis.Redis(host="redis", port=6379)

def get_hit_count():
    retries = 5
    while True:
        try:
            return cache.incr("hits")
        except redis.exceptions.ConnectionError as exc:
            if retries == 0:
                raise exc
            retries -= 1
            time.sleep(0.5)

@app.route("/")
def hello():
    count = get_hit_count()
    return f"Hello World! I have been seen {count} times.\\n"
`,
  'counter/requirements.txt': 'flask\nredis\n',
  'counter/Dockerfile': `FROM python:3.13-alpine
WORKDIR /code
ENV FLASK_APP=app.py
ENV FLASK_RUN_HOST=0.0.0.0
COPY requirements.txt requirements.txt
RUN pip install -r requirements.txt
EXPOSE 5000
COPY . .
CMD ["flask", "run", "--debug"]
`,
  'counter/compose.yaml': 'services:\n  web:\n    build: .\n    ports:\n      - "8000:5000"\n  redis:\n    image: "redis:alpine"\n',
};

describe('pip', () => {
  let machine: Machine;
  const shell = (command: string): Promise<PlayedCommand> =>
    playCommand(machine, command, {
      env: [
        ['HOME', HOME],
        ['PATH', '/usr/bin:/bin'],
      ],
      cwd: HOME,
      uid: 1000,
    });
  beforeAll(async () => {
    const files = Object.entries(FILES).map(([path, text]) => ({
      path: `${HOME}/${path}`,
      bytes: new TextEncoder().encode(text),
      mode: 0o644,
    }));
    const images = ['python:3.13-alpine', 'redis:alpine'];
    machine = await createMachine({ ...bookSpec({ start: 'images', images }), files }, nodeHost);
  }, 60_000);

  it('installs, lists, shows and removes', async () => {
    await shell('docker run -d --name py python:3.13-alpine sleep infinity');
    const installed = await shell('docker exec py pip install "requests>=2,<3" python-dotenv');
    expect(installed.stdout).toContain('Collecting requests<3,>=2\n  Downloading requests-2.32.5-py3-none-any.whl (64 kB)\n');
    expect(installed.stdout).toContain('Collecting idna<4,>=2.5 (from requests<3,>=2)\n');
    expect(installed.stdout).toMatch(
      /Successfully installed certifi-2025\.11\.12 charset-normalizer-3\.4\.4 .*requests-2\.32\.5 urllib3-2\.6\.2\n$/,
    );
    expect(installed.stderr).toMatch(/^WARNING: Running pip as the 'root' user/);
    expect((await shell('docker exec py pip freeze')).stdout).toContain('requests==2.32.5\n');
    expect(
      (await shell('docker exec py python -c "import requests; print(requests.get(\'http://example.com\').status_code)"')).stdout,
    ).toBe('200\n');
    expect((await shell('docker exec py pip install requests')).stdout).toContain(
      'Requirement already satisfied: requests in /usr/local/lib',
    );
    expect((await shell('docker exec py pip uninstall -y requests')).stdout).toContain('Successfully uninstalled requests-2.32.5\n');
    expect(await shell('docker exec py pip install nonesuch')).toMatchObject({
      exit: 1,
      stderr:
        'ERROR: Could not find a version that satisfies the requirement nonesuch (from versions: none)\nERROR: No matching distribution found for nonesuch\n',
    });
  });

  it('builds and runs the counter of the quick start', async () => {
    expect(await shell('cd counter && docker compose up -d --build')).toMatchObject({ exit: 0 });
    expect((await shell('curl -s --retry 5 --retry-connrefused localhost:8000')).stdout).toBe('Hello World! I have been seen 1 times.\n');
    expect((await shell('curl -s localhost:8000')).stdout).toBe('Hello World! I have been seen 2 times.\n');
    expect((await shell('cd counter && docker compose logs web --no-log-prefix')).stdout).toContain(
      ' * Running on all addresses (0.0.0.0)',
    );
    expect((await shell('docker exec counter-redis-1 redis-cli get hits')).stdout).toBe('"2"\n'.replaceAll('"', ''));
    await shell('cd counter && docker compose down');
    expect(machine.faults()).toEqual([]);
  });
});
