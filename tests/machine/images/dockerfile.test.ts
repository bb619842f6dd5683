import { expect, it } from 'vitest';
import { hostWith } from './hosts.ts';

it('builds a Dockerfile that names its frontend, as many do', async () => {
  const { run } = await hostWith(['alpine']);
  const build = (name: string): string =>
    `printf '# syntax=${name}\\nFROM alpine\\nRUN <<END\\necho one\\necho two\\nEND\\n' | docker build --progress plain -t lines - 2>&1`;
  const output = await run(build('docker/dockerfile:1'));
  expect(output).toMatch(/^#\d+ resolve image config for docker-image:\/\/docker\.io\/docker\/dockerfile:1\n#\d+ DONE /m);
  expect(output).toMatch(/^#\d+ [\d.]+ one\n#\d+ [\d.]+ two$/m);
  expect(await run(build('docker/dockerfile:1.7'))).toContain('docker-image://docker.io/docker/dockerfile:1.7\n');
  expect(await run(build('docker/dockerfile'))).toContain('docker-image://docker.io/docker/dockerfile:latest\n');
  expect(await run('docker run --rm docker/dockerfile 2>&1', 1)).toContain('dockerfile-frontend: only a builder runs this');
  expect(await run(build('docker/nosuch:1'), 1)).toContain('failed to resolve source metadata for docker.io/docker/nosuch:1');
});
