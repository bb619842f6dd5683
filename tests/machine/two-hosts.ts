/** A swarm of the host and docker-host-2, and a shell on the host that says `there COMMAND` for the other one. */
import { expect } from 'vitest';
import { runJob } from '../../src/engine/machine/job.ts';
import { computer } from './computer.ts';

const THERE = `there() { ssh -q -o StrictHostKeyChecking=accept-new docker-host-2 "$@"; }
wait_until() { for i in $(seq 60); do eval "$1" && return; sleep 1; done; echo "never: $1"; }`;
const JOIN = `docker swarm init >/dev/null
there docker swarm join --token $(docker swarm join-token -q worker) 192.168.50.10:2377 >/dev/null`;

/** What a script prints, without what services say of their progress. */
export async function onTwoHosts(script: string, { joined = true } = {}): Promise<string> {
  const machine = await computer({ start: 'images', images: ['busybox'] });
  let text = '';
  const argv = ['sh', '-c', `${THERE}\n${joined ? JOIN : ''}\n${script}`];
  await runJob(machine, { argv, onOutput: (_stream, bytes) => (text += new TextDecoder().decode(bytes)) });
  expect(machine.faults()).toEqual([]);
  return text;
}

/** The words of each line, as columns. */
export const rows = (text: string): readonly (readonly string[])[] =>
  text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
