import { describe, expect, it } from 'vitest';
import { hostWith } from './hosts.ts';

describe('package managers', () => {
  it('apk fetches, installs what is needed first, keeps books, and takes away what nobody needs', async () => {
    const { run } = await hostWith(['alpine:3.23']);
    await run('docker run -d --name box alpine:3.23 sleep 9000');
    const added = await run('docker exec box apk add --no-cache curl');
    expect(added).toMatch(
      /^\( 1\/10\) Installing brotli-libs \([\s\S]*\(10\/10\) Installing curl \([\s\S]*Executing busybox-1\.37\.0-r30\.trigger\nOK: [\d.]+ MiB in 26 packages\n$/,
    );
    expect(await run('docker exec box curl -s http://example.com | head -1')).toBe('<!doctype html>\n');
    expect(await run('docker exec box apk info -W /usr/bin/curl')).toBe('/usr/bin/curl is owned by curl-8.17.0-r1\n');
    expect(await run('docker diff box | grep -c "A /usr/bin/curl"')).toBe('1\n');
    expect(await run('docker exec box ls /var/cache/apk')).toBe('');
    expect(await run('docker exec box apk add --virtual .build jq')).toContain('Installing .build (');
    expect(await run('docker exec box apk del .build')).toMatch(/Purging \.build[\s\S]*Purging jq[\s\S]*Purging oniguruma/);
    await run('docker exec box apk del curl');
    expect(await run('docker exec box sh -c "ls /usr/bin/curl 2>&1"', 1)).toBe('ls: /usr/bin/curl: No such file or directory\n');
    expect(await run('docker exec box apk add nosuch 2>&1', 1)).toBe(
      'ERROR: unable to select packages:\n  nosuch (no such package):\n    required by: world[nosuch]\n',
    );
    expect(await run('docker exec -u 1000 box apk add jq 2>&1', 99)).toContain('Unable to lock database: Permission denied');
    expect(await run('docker run --rm --network none alpine:3.23 apk add jq 2>&1', 1)).toContain('DNS: transient error (try again later)');
    expect(await run("docker exec box sh -c 'apk add -q busybox-extras && which httpd'")).toBe('/usr/sbin/httpd\n');
  });

  it('apt-get wants its lists first, and dpkg knows what came of it', async () => {
    const { run } = await hostWith(['debian:13-slim']);
    await run('docker run -d --name box debian:13-slim sleep 9000');
    expect(await run('docker exec box apt-get install -y curl 2>&1', 100)).toContain('E: Unable to locate package curl\n');
    expect(await run('docker exec box apt-get update')).toMatch(
      /^Get:1 http:\/\/deb\.debian\.org\/debian trixie InRelease \[140 kB\]\n[\s\S]*Reading package lists\.\.\.\n$/,
    );
    const installed = await run('docker exec box apt-get install -y curl 2>/dev/null');
    expect(installed).toMatch(
      /The following NEW packages will be installed:\n {2}curl libbrotli1[\s\S]*Unpacking curl \([\s\S]*Setting up curl \([\s\S]*Processing triggers for libc-bin/,
    );
    expect(await run('docker exec box dpkg -l curl | tail -1')).toMatch(/^ii {2}curl +8\.14\.1-2\+deb13u2 +amd64 +command line tool/);
    expect(await run('docker exec box dpkg -S /usr/bin/curl')).toBe('curl: /usr/bin/curl\n');
    expect(await run('docker exec box apt-get purge -y curl')).toContain('Removing curl (');
    expect(await run('docker exec box sh -c "apt-get install git < /dev/null 2>&1"', 1)).toMatch(
      /Do you want to continue\? \[Y\/n\] Abort\.\n$/,
    );
    expect(await run('docker exec -u 1000 box apt-get install jq 2>&1', 100)).toContain('are you root?');
    expect(await run('docker run --rm --network none debian:13-slim apt-get update 2>&1')).toContain(
      "Temporary failure resolving 'deb.debian.org'",
    );
  });

  it('dnf does the same on AlmaLinux, where yum is its other name', async () => {
    const { run } = await hostWith(['almalinux:9', 'ubuntu']);
    expect(await run('docker run --rm almalinux:9 ls -l /usr/bin/yum')).toMatch(/ \/usr\/bin\/yum -> dnf-3\n$/);
    await run('docker run -d --name box almalinux:9 sleep 9000');
    expect(await run('docker exec box yum install -y git')).toMatch(
      /Installing dependencies:[\s\S]* git-core [\s\S]*Install {2}3 Packages[\s\S]*Complete!\n$/,
    );
    expect(await run('docker exec box rpm -q git-core')).toBe('git-core-2.47.3-1.el9.x86_64\n');
    expect(await run('docker exec box git status 2>&1', 1)).toContain('this model has no repositories to talk to');
    expect(await run('docker exec box dnf -y remove less')).toContain('Remove  3 Packages');
    expect(await run('docker exec box dnf install -y nosuch 2>&1', 1)).toContain('Error: Unable to find a match: nosuch');
    expect(
      await run('docker run --rm ubuntu sh -c "apt-get update -qq && apt-get install -y -qq procps >/dev/null 2>&1 && ps -e | head -1"'),
    ).toBe('    PID TTY          TIME CMD\n');
  });
});

it('what is installed is of its release, by name and by version', async () => {
  const { run } = await hostWith(['ubuntu', 'debian:12']);
  const installs = 'apt-get update -qq; apt-get install -y -qq python3 curl jq >/dev/null 2>&1';
  const asks =
    "python3 -c 'import sys; print(sys.version_info[:2])'; dpkg -l | grep -oE 'libcurl[^ ]*|python3\\.[^ ]*minimal'; echo {} | jq -c .";
  expect(await run(`docker run --rm ubuntu sh -c "${installs}; ${asks}"`)).toBe('(3, 12)\nlibcurl4t64\npython3.12-minimal\n{}\n');
  expect(await run(`docker run --rm debian:12 sh -c "${installs}; ${asks}"`)).toBe('(3, 11)\nlibcurl4\npython3.11-minimal\n{}\n');
});

it('pip is that of the Python beside it, and leaves the packages of the distribution alone', async () => {
  const { run } = await hostWith(['debian:13', 'ubuntu', 'alpine:3.23', 'almalinux:9']);
  const start = async (name: string, image: string, install: string): Promise<(line: string, exit?: number) => Promise<string>> => {
    await run(`docker run -d --name ${name} ${image} sleep infinity`);
    await run(`docker exec ${name} sh -c '${install}'`);
    return (line, exit) => run(`docker exec ${name} sh -c '${line}' 2>&1`, exit);
  };
  const debian = await start('debian', 'debian:13', 'apt-get update -qq; apt-get install -y -qq python3-pip >/dev/null 2>&1');
  expect(await debian('pip --version; python3 -V')).toBe(
    'pip 25.1.1 from /usr/lib/python3/dist-packages/pip (python 3.13)\nPython 3.13.5\n',
  );
  const refused = await debian('pip install idna', 1);
  expect(refused).toMatch(
    /^error: externally-managed-environment\n\n\u00d7 This environment is externally managed\n\u2570\u2500> Packages for /,
  );
  expect(refused).toMatch(
    /\n\nnote: If you believe .* by passing --break-system-packages\.\nhint: See PEP 668 for the detailed specification\.\n$/,
  );
  await debian(
    'pip install -q --target /tmp/t idna; PIP_BREAK_SYSTEM_PACKAGES=1 pip install -q certifi; pip install -q --break-system-packages flask',
  );
  expect(await debian('ls /usr/local/lib/python3.13/dist-packages | grep -c dist-info; which flask; head -1 /usr/local/bin/flask')).toBe(
    '8\n/usr/local/bin/flask\n#!/usr/bin/python3\n',
  );
  expect(await debian('pip uninstall -y --break-system-packages pip', 1)).toContain('hint: The package was installed by debian.');
  expect(await debian('python3 -m venv /v', 1)).toMatch(
    /^The virtual environment was not created successfully because ensurepip is not\navailable\.[\s\S]* {4}apt install python3\.13-venv\n[\s\S]*Failing command: \/v\/bin\/python3\n\n$/,
  );
  expect(
    await debian('apt-get install -y -qq python3-venv >/dev/null 2>&1; python3 -m venv /v; /v/bin/pip install -q idna; /v/bin/pip freeze'),
  ).toBe('idna==3.11\n');
  const ubuntu = await start('ubuntu', 'ubuntu', 'apt-get update -qq; apt-get install -y -qq python3-venv >/dev/null 2>&1');
  expect(await ubuntu('python3 -V; python3 -m venv /v; /v/bin/pip --version')).toBe(
    'Python 3.12.3\npip 24.0 from /v/lib/python3.12/site-packages/pip (python 3.12)\n',
  );
  expect(await ubuntu('python3 -m pip', 1)).toBe('/usr/bin/python3: No module named pip\n');
  const alpine = await start('alpine', 'alpine:3.23', 'apk add -q py3-pip');
  expect(await alpine('pip --version; python -V')).toBe(
    'pip 25.1.1 from /usr/lib/python3.12/site-packages/pip (python 3.12)\nPython 3.12.12\n',
  );
  expect(await alpine('pip install idna', 1)).toContain('error: externally-managed-environment');
  expect(await alpine('python3 -m venv /v && . /v/bin/activate && pip install -q idna 2>/dev/null && which pip && pip freeze')).toBe(
    '/v/bin/pip\nidna==3.11\n',
  );
  const alma = await start('alma', 'almalinux:9', 'dnf install -y -q python3-pip >/dev/null');
  expect(await alma('pip --version; python -V; pip install -q idna 2>/dev/null; python -c "import idna; print(idna.__file__)"')).toBe(
    'pip 21.3.1 from /usr/lib/python3.9/site-packages/pip (python 3.9)\nPython 3.9.25\n/usr/local/lib/python3.9/site-packages/idna/__init__.py\n',
  );
});

it('Ubuntu has ps from the start, Debian has not', async () => {
  const { run } = await hostWith(['ubuntu', 'debian']);
  expect(await run('docker run --rm ubuntu ps -o pid,cmd')).toBe('    PID CMD\n      1 ps -o pid,cmd\n');
  expect(await run('docker run --rm ubuntu dpkg -S /usr/bin/ps')).toBe('procps: /usr/bin/ps\n');
  await run('docker run --rm debian ps', 127);
});

it('stress uses what a container may, and is killed for more', async () => {
  const { run } = await hostWith(['ubuntu']);
  await run('docker run -d --name lab -m 64m --cpus 0.5 ubuntu sleep infinity');
  await run("docker exec lab sh -c 'apt-get update -qq; apt-get install -y -qq stress >/dev/null 2>&1'");
  expect(await run('docker exec lab stress --cpu 2 --vm 1 --vm-bytes 32M --vm-hang 0 -t 2s')).toMatch(
    /^stress: info: \[\d+\] dispatching hogs: 2 cpu, 0 io, 1 vm, 0 hdd\nstress: info: \[\d+\] successful run completed in 2s\n$/,
  );
  await run('docker exec -d lab stress -c 2; sleep 4');
  expect(await run("docker stats --no-stream --format '{{.CPUPerc}}' lab")).toMatch(/^(49|50)\.\d\d%\n$/);
  expect(await run('docker exec lab stress --vm 1 --vm-bytes 128M -t 20s', 1)).toMatch(
    /worker \d+ got signal 9\n.*\n.*failed run completed in \d+s\n$/,
  );
});

it('a server is of the release that its file is of, whatever the environment says', async () => {
  const { run } = await hostWith(['nginx:1.29-alpine', 'debian', 'node:20']);
  expect(await run('docker run --rm -e NGINX_VERSION=9 --entrypoint nginx nginx:1.29-alpine -v 2>&1')).toBe(
    'nginx version: nginx/1.29.3\n',
  );
  expect(await run("docker run --rm -e NODE_VERSION=9 node:20 sh -c 'node -v; npm -v'")).toBe('v20.19.6\n10.8.2\n');
  await run('mkdir app; printf \'{"scripts":{"told":"echo $npm_config_user_agent $npm_node_execpath"}}\' > app/package.json');
  expect(await run('docker run --rm -v ./app:/app -w /app node:20 npm run -s told')).toBe(
    'npm/10.8.2 node/v20.19.6 linux x64 workspaces/false /usr/local/bin/node\n',
  );
  const asks = 'nginx -v 2>&1; redis-cli -v; node -v; npm -v';
  const installs = 'apt-get update -qq; apt-get install -y -qq nginx redis-tools nodejs npm >/dev/null 2>&1';
  expect(await run(`docker run --rm debian sh -c '${installs}; ${asks}'`)).toBe(
    'nginx version: nginx/1.26.3\nredis-cli 8.0.2\nv20.19.2\n9.2.0\n',
  );
});

it('service starts and stops what was installed, in the words of the distribution', async () => {
  const { run } = await hostWith(['debian', 'ubuntu']);
  const asks =
    'service nginx start; service redis-server start; service --status-all; service nginx stop; redis-cli shutdown; service nginx status';
  const installs = 'apt-get update -qq; apt-get install -y -qq nginx redis-server >/dev/null 2>&1';
  expect(await run(`docker run --rm debian sh -c '${installs}; ${asks}'`, 3)).toBe(
    'Starting nginx: nginx.\nStarting redis-server: redis-server.\n [ + ]  nginx\n [ + ]  redis-server\nStopping nginx: nginx.\nnginx is not running ... failed!\n',
  );
  expect(await run(`docker run --rm ubuntu sh -c '${installs}; service nginx restart; service nosuch start 2>&1'`, 1)).toBe(
    ' * Restarting nginx nginx\n   ...done.\nnosuch: unrecognized service\n',
  );
});
