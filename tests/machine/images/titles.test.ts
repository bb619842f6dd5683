import { expect, it } from 'vitest';
import { hostWith } from './hosts.ts';

it('nginx’s processes say which of them is the master, on the host and inside', async () => {
  const { run } = await hostWith(['nginx:1.29-alpine']);
  await run('docker run -d --name web nginx:1.29-alpine && sleep 1');
  const titles = ['nginx: master process nginx -g daemon off;', 'nginx: worker process', 'nginx: worker process'];
  const listed = (await run('docker top web -o pid,cmd')).trimEnd().split('\n').slice(1);
  expect(listed.map((line) => line.replace(/^\d+ +/, '').trimEnd())).toEqual(titles);
  expect(await run('docker exec web sh -c \'tr "\\0" "\\n" < /proc/1/cmdline\'')).toBe(`${titles[0]}\n`);
  expect(await run('docker exec web cat /proc/1/comm')).toBe('nginx\n');
});
