/** Asks a registry: over TLS, by names that a name server knows. */
import { sha512 } from '@noble/hashes/sha2.js';
import { request } from '../../../http/client.ts';
import { readAll } from '../../../http/responses.ts';
import { startTls } from '../../../http/tls.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Sys } from '../../../kernel/sys.ts';
import { duplexOf } from '../../duplex.ts';
import { decode, encode } from '../../encoding.ts';
import { lookUp } from '../../net/resolve.ts';
import { openStream } from '../../net/streams.ts';
import { base64 } from '../library/base64.ts';
import { NpmError } from './errors.ts';
import { userAgent } from './versions.ts';

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly bin?: string | Readonly<Record<string, string>>;
  readonly engines?: Readonly<Record<string, string>>;
  readonly license?: string;
  readonly funding?: unknown;
  readonly description?: string;
  readonly main?: string;
  readonly dist: { readonly integrity: string; readonly tarball: string; readonly shasum?: string };
}
export interface Packument {
  readonly name: string;
  readonly description?: string;
  readonly 'dist-tags': Readonly<Record<string, string>>;
  readonly versions: Readonly<Record<string, Manifest>>;
}

/** What is known against versions of a package. */
export interface Advisory {
  readonly id: number;
  readonly url: string;
  readonly title: string;
  readonly severity: 'low' | 'moderate' | 'high' | 'critical';
  readonly vulnerable_versions: string;
}

const NS_PER_BYTE = 4;
const BULK = '/-/npm/v1/security/advisories/bulk';

export class Client {
  readonly #sys: Sys;
  readonly registry: string;
  readonly #known = new Map<string, Packument>();

  constructor(sys: Sys, registry: string) {
    this.#sys = sys;
    this.registry = registry.replace(/\/$/, '');
  }

  async #ask(url: string, body?: Uint8Array): Promise<{ readonly status: number; readonly bytes: Uint8Array }> {
    const sys = this.#sys;
    const found = /^(https?):\/\/([^/:]+)(?::(\d+))?(\/.*)$/.exec(url);
    if (found === null) throw new NpmError('EINVALIDURL', ['Invalid URL']);
    const [, scheme, host = '', port, path = '/'] = found;
    const failed = (code: string, syscall: string, what: string): NpmError =>
      new NpmError(code, [`request to ${url} failed, reason: ${what}`], [`syscall ${syscall}`, `errno ${code}`], 'network');
    const resolved = await lookUp(sys, host);
    if (resolved.kind !== 'found') {
      const code = resolved.kind === 'unknown' ? 'ENOTFOUND' : 'EAI_AGAIN';
      throw failed(code, 'getaddrinfo', `getaddrinfo ${code} ${host}`);
    }
    try {
      const fd = await openStream(sys, resolved.addresses, Number(port ?? (scheme === 'https' ? 443 : 80)));
      const plain = duplexOf(sys, fd);
      const duplex = scheme === 'https' ? await startTls(plain, host) : plain;
      const answer = await request(duplex, {
        method: body === undefined ? 'GET' : 'POST',
        target: path,
        headers: [
          ['Host', port === undefined ? host : `${host}:${port}`],
          ['User-Agent', userAgent(sys)],
          ['Connection', 'close'],
          ...(body === undefined
            ? []
            : ([
                ['Content-Type', 'application/json'],
                ['Content-Length', String(body.length)],
              ] as const)),
        ],
        ...(body && { body }),
      });
      const bytes = await readAll(answer);
      duplex.abort();
      return { status: answer.status, bytes };
    } catch (error) {
      if (isErrno(error)) throw failed(error.code, 'connect', `connect ${error.code} ${resolved.addresses[0] ?? host}:${port ?? 443}`);
      throw error;
    }
  }

  /** Advisories by package, for the versions that somebody has of each. Null if the registry has no such answers. */
  async advisories(versions: Readonly<Record<string, readonly string[]>>): Promise<Readonly<Record<string, readonly Advisory[]>> | null> {
    const { status, bytes } = await this.#ask(`${this.registry}${BULK}`, encode(JSON.stringify(versions)));
    return status === 200 ? JSON.parse(decode(bytes)) : null;
  }

  async packument(name: string, spec: string): Promise<Packument> {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const url = `${this.registry}/${name.replace('/', '%2f')}`;
    const { status, bytes } = await this.#ask(url);
    if (status === 404)
      throw new NpmError(
        'E404',
        [
          `404 Not Found - GET ${url} - Not found`,
          '404',
          `404  '${name}@${spec}' is not in this registry.`,
          '404',
          '404 Note that you can also install from a',
          '404 tarball, folder, http url, or git folder.',
        ],
        [],
        'lines',
      );
    if (status !== 200) throw new NpmError(`E${status}`, [`${status} - GET ${url}`]);
    const found = JSON.parse(decode(bytes)) as Packument;
    this.#known.set(name, found);
    return found;
  }

  /** A package's archive, checked. */
  async archive(url: string, integrity: string): Promise<Uint8Array> {
    const { status, bytes } = await this.#ask(url);
    if (status !== 200) throw new NpmError(`E${status}`, [`${status} Not Found - GET ${url} - Not found`], [], 'lines');
    await this.#sys.charge(bytes.length * NS_PER_BYTE);
    const own = `sha512-${base64(sha512(bytes))}`;
    if (integrity !== '' && own !== integrity)
      throw new NpmError('EINTEGRITY', [
        `sha512 integrity checksum failed when using sha512: wanted ${integrity} but got ${own}. (${bytes.length} bytes)`,
      ]);
    return bytes;
  }
}
