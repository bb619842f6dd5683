/** Servers: nginx, Apache's httpd and busybox's. Each answers every connection in a thread of its own. Loaded when first run. */
import type { Program } from '../../kernel/sys.ts';
import { gnuNet } from '../net/index.ts';

const SERVERS: Readonly<Record<string, () => Promise<Program>>> = {
  'hello-world': async () => (await import('./hello.ts')).hello,
  httpd: async () => (await import('./apache/index.ts')).apache,
  nginx: async () => (await import('./nginx/index.ts')).nginx,
};

/** A program that is a family of its own: a server, or one like `curl` that is the same everywhere. */
export const server = async (name: string): Promise<Program | undefined> =>
  Object.hasOwn(SERVERS, name) ? SERVERS[name]?.() : gnuNet(name);
