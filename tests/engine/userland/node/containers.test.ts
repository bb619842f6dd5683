/** Node and npm in containers: builds, signals, ports, logs, memory. */
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeHost } from '../../../../src/bin/host.ts';
import { createMachine } from '../../../../src/engine/machine/machine.ts';
import { type PlayedCommand, playCommand } from '../../../../src/engine/machine/play.ts';
import { bookSpec } from '../../../../src/engine/machine/spec.ts';
import type { Machine } from '../../../../src/engine/machine/types.ts';

const HOME = '/home/learner';
const SHELL = {
  env: [
    ['HOME', HOME],
    ['PATH', '/usr/bin:/bin'],
  ] as const,
  cwd: HOME,
  uid: 1000,
};

const FILES: Readonly<Record<string, string>> = {
  'app/package.json': `${JSON.stringify(
    {
      name: 'hello',
      version: '1.0.0',
      main: 'server.js',
      scripts: { start: 'node server.js', test: 'node --version' },
      dependencies: { express: '^4.21.0' },
      devDependencies: { nodemon: '^3.0.0' },
    },
    null,
    2,
  )}\n`,
  'app/server.js': `const express = require('express');
const app = express();
app.use(express.json());
app.get('/', (req, res) => res.send('Hello World!'));
app.get('/users/:id', (req, res) => res.json({ id: req.params.id, q: req.query }));
app.post('/echo', (req, res) => res.status(201).json(req.body));
app.use((err, req, res, next) => res.status(err.status || 500).json({ error: err.message }));
app.listen(3000, () => console.log('Example app listening on port 3000'));
if (process.env.GRACEFUL) process.on('SIGTERM', () => { console.log('closing'); process.exit(0); });
`,
  'app/Dockerfile': `FROM node:24-alpine
WORKDIR /app
COPY package*.json ./
RUN npm ci --omit=dev
COPY . .
USER node
EXPOSE 3000
HEALTHCHECK --interval=2s CMD wget -qO- http://localhost:3000/ || exit 1
CMD ["node", "server.js"]
`,
  'app/.dockerignore': 'node_modules\n',
  'hog.js': 'const all = []; for (;;) all.push(new Array(100000).fill(all.length));\n',
};

describe('node in containers', () => {
  let machine: Machine;
  const shell = (command: string): Promise<PlayedCommand> => playCommand(machine, command, SHELL);
  const out = async (command: string): Promise<string> => {
    const ran = await shell(command);
    expect(machine.faults()).toEqual([]);
    return ran.stdout + ran.stderr;
  };

  beforeAll(async () => {
    const files = Object.entries(FILES).map(([path, text]) => ({
      path: `${HOME}/${path}`,
      bytes: new TextEncoder().encode(text),
      mode: 0o644,
    }));
    machine = await createMachine({ ...bookSpec({ start: 'images', images: ['node:24-alpine'] }), files }, nodeHost);
  }, 120_000);

  it('installs packages, and says so as npm does', async () => {
    const said = await out('docker run --rm -v ./app:/app -w /app node:24-alpine npm install');
    expect(said).toMatch(
      /^\nadded \d+ packages, and audited \d+ packages in \d+(ms|s)\n\n\d+ packages are looking for funding\n {2}run `npm fund` for details\n\nfound 0 vulnerabilities\n$/,
    );
    expect(await out('cat app/package-lock.json')).toContain('"lockfileVersion": 3');
    expect(await out('docker run --rm node:24-alpine npm install no-such-package-here')).toContain(
      "npm error 404  'no-such-package-here@*' is not in this registry.",
    );
    expect(await out('docker run --rm node:24-alpine npm --version')).toBe('11.6.2\n');
  }, 120_000);

  it('runs what the tutorial builds, and answers on its port', async () => {
    expect((await shell('docker build -q -t hello app')).exit).toBe(0);
    expect((await shell('docker run -d --name web -p 3000:3000 hello')).exit).toBe(0);
    await out('sleep 3');
    expect(await out('docker logs web')).toBe('Example app listening on port 3000\n');
    expect(await out('curl -s localhost:3000')).toBe('Hello World!');
    expect(await out('curl -s "localhost:3000/users/7?a=1"')).toBe('{"id":"7","q":{"a":"1"}}');
    expect(await out(`curl -s -H 'Content-Type: application/json' -d '{"a":[1]}' localhost:3000/echo`)).toBe('{"a":[1]}');
    expect(await out('curl -s localhost:3000/nowhere')).toContain('Cannot GET /nowhere');
    expect(await out("docker inspect -f '{{.State.Health.Status}}' web")).toBe('healthy\n');
    expect(await out('docker exec web node -p process.env.NODE_VERSION')).toBe('24.12.0\n');
    expect(await out('docker exec web id -un')).toBe('node\n');
    // As the first process it has no default for SIGTERM: it is killed when the time is over.
    await out('docker stop -t 2 web');
    expect(await out("docker inspect -f '{{.State.ExitCode}}' web")).toBe('137\n');
  }, 120_000);

  it('hears signals when it asks for them', async () => {
    await out('docker run -d --name polite -e GRACEFUL=1 hello');
    await out('sleep 1');
    await out('docker stop polite');
    expect(await out("docker inspect -f '{{.State.ExitCode}}' polite")).toBe('0\n');
    expect(await out('docker logs polite')).toContain('closing\n');
    await out('docker run -d --name started -e GRACEFUL=1 hello npm start');
    await out('sleep 2');
    expect(await out('docker logs started')).toBe('\n> hello@1.0.0 start\n> node server.js\n\nExample app listening on port 3000\n');
    await out('docker rm -f started polite web');
  }, 120_000);

  it('ends as it should', async () => {
    expect((await shell('docker run --rm node:24-alpine node -e "process.exit(3)"')).exit).toBe(3);
    expect((await shell('docker run --rm node:24-alpine node -e "throw new Error(1)"')).exit).toBe(1);
    await out('docker run -d --name busy --init node:24-alpine node -e "while (true) {}"');
    await out('sleep 1');
    expect(await out('docker kill busy')).toBe('busy\n');
    expect(await out("docker inspect -f '{{.State.ExitCode}}' busy")).toBe('137\n');
    await out('docker run --name hog -m 100m -v ./hog.js:/hog.js node:24-alpine node /hog.js');
    expect(await out("docker inspect -f '{{.State.OOMKilled}} {{.State.ExitCode}}' hog")).toBe('true 137\n');
    const limited = await out('docker run --rm -v ./hog.js:/hog.js node:24-alpine node --max-old-space-size=64 /hog.js; echo $?');
    expect(limited).toContain('FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory');
    expect(limited).toMatch(/^139\n/);
  }, 120_000);
});
