import { expect, it } from 'vitest';
import { hostWith } from './hosts.ts';

it('httpd logs its start and its end as the original does', async () => {
  const { run } = await hostWith(['httpd']);
  await run('docker run -d --name web -p 8080:80 httpd && sleep 1');
  expect(await run('curl -s localhost:8080')).toBe('<html><body><h1>It works!</h1></body></html>\n');
  await run('docker stop web');
  expect(await run('docker logs web 2>&1')).toMatch(
    /\[Thu Jan 15 09:00:\d\d\.\d{6} 2026\] \[mpm_event:notice\] \[pid 1:tid 1\] AH00489: Apache\/2\.4\.\d+ \(Unix\) configured -- resuming normal operations\n\[.*\] \[core:notice\] \[pid 1:tid 1\] AH00094: Command line: '.*'\n[\s\S]*AH00492: caught SIGWINCH, shutting down gracefully\n$/,
  );
});
