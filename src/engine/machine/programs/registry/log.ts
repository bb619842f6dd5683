/** What a registry writes down: its own lines on standard error, and who asked for what, as web servers do, on standard output. */
import { type Handler, type HttpRequest, header } from '../../../http/index.ts';
import type { Sys } from '../../../kernel/sys.ts';
import { say } from '../../../userland/program-io.ts';

const NS_PER_MS = 1_000_000n;
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

export interface Log {
  info(message: string): Promise<void>;
  warning(message: string): Promise<void>;
}

const quoted = (text: string): string => (/^[\w.:/[\]-]+$/.test(text) ? text : JSON.stringify(text));

/** In logrus' form: `time="…" level=info msg="…" service=registry`. */
export function createLog(sys: Sys, version: string): Log {
  const instance = Array.from(sys.random.bytes(16), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const uuid = [instance.slice(0, 8), instance.slice(8, 12), instance.slice(12, 16), instance.slice(16, 20), instance.slice(20)].join('-');
  const line = (level: string, message: string): Promise<void> => {
    const now = sys.clock.nowNs();
    const time = `${new Date(Number(now / NS_PER_MS)).toISOString().slice(0, 19)}.${String(now % 1_000_000_000n).padStart(9, '0')}Z`;
    return say(
      sys,
      2,
      `time="${time}" level=${level} msg=${quoted(message)} go.version=go1.23.7 instance.id=${uuid} service=registry version=${version}\n`,
    );
  };
  return { info: (message) => line('info', message), warning: (message) => line('warning', message) };
}

/** `[10/Oct/2000:13:55:36 +0000]`. */
function day(sys: Sys): string {
  const at = new Date(Number(sys.clock.nowNs() / NS_PER_MS));
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${two(at.getUTCDate())}/${MONTHS[at.getUTCMonth()] ?? ''}/${at.getUTCFullYear()}:${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} +0000`;
}

/** A handler whose every answer is a line of the access log. */
export const withAccessLog =
  (sys: Sys, peer: string, handler: Handler): Handler =>
  async (request: HttpRequest) => {
    const answer = await handler(request);
    const headers = new Map([...(answer.headers ?? [])].map(([name, value]) => [name.toLowerCase(), value]));
    const sizeBytes =
      request.method === 'HEAD' ? 0 : Number(headers.get('content-length') ?? (answer.body instanceof Uint8Array ? answer.body.length : 0));
    const asked = `"${request.method} ${request.target} HTTP/1.1"`;
    const from = `"${header(request.headers, 'referer') ?? ''}" "${header(request.headers, 'user-agent') ?? ''}"`;
    await say(sys, 1, `${peer} - - [${day(sys)}] ${asked} ${answer.status} ${sizeBytes} ${from}\n`);
    return answer;
  };
