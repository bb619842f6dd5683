/**
 * The second computer of the local network, docker-host-2. It is switched on with the host and answers to its address at once; its disk
 * is made when somebody first connects to its port for ssh, whose socket it listens on until then.
 */
import type { Program } from '../../kernel/sys.ts';
import { SECOND_NAME } from './host-files.ts';

const SSH_PORT = 22;

/** Its process 1, born in its network and process namespaces. */
export const secondComputer: Program = async (sys) => {
  sys.ns.unshare(['mnt', 'uts', 'ipc']);
  sys.setHostname(SECOND_NAME);
  const listening = sys.net.socket('inet6', 'stream');
  sys.net.bind(listening, { family: 'inet6', ip: '::', port: SSH_PORT });
  sys.net.listen(listening, 128);
  await sys.poll([{ fd: listening, events: { read: true } }]);
  const { settle } = await sys.stall(() => import('./second-disk.ts'));
  return settle(sys, listening);
};
