/** The name server that /etc/resolv.conf names. It knows no name: those that the host knows are in its /etc/hosts. */
import type { Sys } from '../../kernel/sys.ts';
import { dnsServer } from '../../userland/net/dns/server.ts';
import { HOST_IP } from './host-files.ts';

/** Answers, in a thread of its own, as long as the machine is on. */
export function startNameServer(sys: Sys): void {
  sys.thread(() => dnsServer(sys, async () => ({ code: 'NXDOMAIN', answers: [] }), { ip: HOST_IP }));
}
