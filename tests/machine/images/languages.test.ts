import { describe, expect, it } from 'vitest';
import { hostWith } from './hosts.ts';

describe('the images of languages', () => {
  it('run the version that the tag says, beside each other', async () => {
    const { run } = await hostWith(['node:18-alpine', 'node:24-alpine', 'python:3.9-slim', 'python:3.13-slim']);
    expect(await run('for v in 18 24; do docker run --rm node:$v-alpine node --version; done')).toBe('v18.20.8\nv24.12.0\n');
    expect(await run('for v in 3.9 3.13; do docker run --rm python:$v-slim python --version; done')).toBe(
      'Python 3.9.25\nPython 3.13.11\n',
    );
    expect(
      await run(`docker run --rm -e A=b node:24-alpine -e 'const x = 2; console.log("a", x ** 3, [1, "b"], \`\${process.env.A}!\`)'`),
    ).toBe("a 8 [ 1, 'b' ] b!\n");
    expect(
      await run(`docker run --rm python:3.13-slim python -c 'import sys; print(f"{7 // 2}", sys.version_info[1], [1, "a"], sep=", ")'`),
    ).toBe("3, 13, [1, 'a']\n");
    expect(await run(`docker run --rm node:24-alpine node -e 'let n = 0; while (n < 1e5) n++; console.log(n)'`)).toBe('100000\n');
    expect(await run(`docker run --rm python:3.13-slim python -c 'print(x)' 2>&1`, 1)).toContain("NameError: name 'x' is not defined");
    expect(await run("printf 'print(1)\\nprint(2 + 3)\\n' > s.py && docker run --rm -v ./s.py:/s.py python:3.13-slim python /s.py")).toBe(
      '1\n5\n',
    );
  });

  it('start the main class of a jar, and say what is wrong with another', async () => {
    const { run } = await hostWith(['eclipse-temurin:21-jre']);
    await run('docker build -q -t boat ferry/java');
    expect(await run('docker run --rm boat')).toBe('The boat is in the water.\n');
    expect(await run('docker create -q --name b1 boat >/dev/null; docker export b1 | tar -t | grep jar')).toBe('app.jar\n');
    expect(await run('docker run --rm eclipse-temurin:21-jre java -version 2>&1')).toMatch(/^openjdk version "21\.0\.9"/);
    expect(await run('docker run --rm eclipse-temurin:21-jre java -jar /none.jar 2>&1', 1)).toBe(
      'Error: Unable to access jarfile /none.jar\n',
    );
    expect(await run('docker run --rm -v ./ferry/compose.yaml:/a.jar eclipse-temurin:21-jre java -jar /a.jar 2>&1', 1)).toBe(
      'Error: Invalid or corrupt jarfile /a.jar\n',
    );
  });

  it('have the command of Go, in each of its versions', async () => {
    const { run } = await hostWith(['golang:1.25-alpine', 'golang:1.22-alpine', 'golang:1.25']);
    expect(await run('for v in 1.25-alpine 1.22-alpine 1.25; do docker run --rm golang:$v go version; done')).toBe(
      'go version go1.25.5 linux/amd64\ngo version go1.22.12 linux/amd64\ngo version go1.25.5 linux/amd64\n',
    );
    expect(await run('docker run --rm -e GOOS=windows golang:1.25-alpine go env GOPATH GOOS GOTOOLCHAIN CGO_ENABLED')).toBe(
      '/go\nwindows\nlocal\n0\n',
    );
    expect(await run('docker run --rm golang:1.25 go env CGO_ENABLED')).toBe('1\n');
  });
});

describe('the images that are there to be looked at', () => {
  it('say what they are', async () => {
    const { run } = await hostWith(['mysql:8.4', 'gitlab/gitlab-ce']);
    expect(await run("docker image inspect -f '{{.Config.ExposedPorts}} {{.Config.Volumes}}' mysql:8.4")).toBe(
      'map[3306/tcp:{} 33060/tcp:{}] map[/var/lib/mysql:{}]\n',
    );
    expect(await run("docker image inspect -f '{{.Config.ExposedPorts}} {{len .Config.Volumes}}' gitlab/gitlab-ce")).toBe(
      'map[22/tcp:{} 443/tcp:{} 80/tcp:{}] 3\n',
    );
    expect(await run('docker history gitlab/gitlab-ce')).toMatch(/RUN \/bin\/sh -c \/assets\/setup # buildkit +3\.72GB/);
    expect(await run('docker run --rm mysql:8.4 2>&1', 1)).toContain('password option is not specified');
    expect(await run('docker run --rm mysql:8.4 cat /etc/os-release | head -1')).toBe('NAME="Oracle Linux Server"\n');
  });
});
