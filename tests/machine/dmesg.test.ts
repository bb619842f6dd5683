import { expect, it } from 'vitest';
import { runJob } from '../../src/engine/machine/job.ts';
import { computer } from './computer.ts';

async function sh(script: string): Promise<string> {
  const machine = await computer({ start: 'images', images: ['busybox'] });
  let text = '';
  await runJob(machine, { argv: ['sh', '-c', script], onOutput: (_stream, bytes) => (text += new TextDecoder().decode(bytes)) });
  expect(machine.faults()).toEqual([]);
  return text.replace(/veth[0-9a-f]{7}/g, 'veth').replace(/[0-9a-f]{64}/g, 'ID');
}

it('tells of ports of bridges, to root alone', async () => {
  expect(
    await sh(
      'dmesg | head -1; sudo dmesg -C; docker run -d --name box busybox sleep 9; docker rm -f box; docker run --rm --privileged busybox dmesg -t | head -9',
    ),
  ).toBe(
    `dmesg: read kernel buffer failed: Operation not permitted
ID
box
docker0: port 1(veth) entered blocking state
docker0: port 1(veth) entered disabled state
veth: entered allmulticast mode
veth: entered promiscuous mode
docker0: port 1(veth) entered blocking state
docker0: port 1(veth) entered forwarding state
docker0: port 1(veth) entered disabled state
veth: left allmulticast mode
veth: left promiscuous mode
`,
  );
});

it('tells who was killed for want of memory', async () => {
  expect(
    await sh(
      "docker run --name big -m 16m busybox sh -c 'x=a; while :; do x=$x$x; done'; docker inspect -f '{{.State.OOMKilled}} {{.State.ExitCode}}' big; sudo dmesg -t | grep -o 'Killed process [0-9]* (sh)' | sed 's/[0-9][0-9]*/N/'",
    ),
  ).toBe('true 137\nKilled process N (sh)\n');
});
