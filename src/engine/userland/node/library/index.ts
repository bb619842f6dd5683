/** The modules that node brings, by name. Those written in JavaScript are compiled once, and run when they are first asked for. */
import type { Binding } from '../system/host.ts';

export interface LibraryModule {
  readonly source: string;
  /** What the module reaches of the machine. */
  readonly binding?: () => Promise<Binding>;
}

type Load = () => Promise<LibraryModule>;

const plain =
  (load: () => Promise<{ readonly SOURCE: string }>): Load =>
  async () => ({ source: (await load()).SOURCE });

type Named = Readonly<Record<string, string>>;
type Bind = () => Promise<Binding>;

/** One of several modules in a file. */
const part =
  (load: () => Promise<Named>, name: string, binding?: Bind): Load =>
  async () => ({ source: (await load())[name] ?? '', ...(binding && { binding }) });
const bound =
  (load: () => Promise<{ readonly SOURCE: string }>, binding: Bind): Load =>
  async () => ({ source: (await load()).SOURCE, binding });
const again =
  (name: string, member?: string): Load =>
  async () => ({ source: `module.exports = require('${name}')${member === undefined ? '' : `.${member}`};` });

const small = (): Promise<Named> => import('./source/small.ts');
const web = (): Promise<Named> => import('./source/web.ts');
const net: Bind = async () => (await import('./net.ts')).netBinding;
const util: Bind = async () => (await import('./machine-facts.ts')).utilBinding;

/** Those that begin with `internal/` are for each other. */
export const LIBRARY: Readonly<Record<string, Load>> = {
  assert: part(small, 'ASSERT', util),
  'assert/strict': again('assert', 'strict'),
  buffer: bound(
    () => import('./source/buffer.ts'),
    async () => (await import('./bytes.ts')).bufferBinding,
  ),
  child_process: bound(
    () => import('./source/child-process.ts'),
    async () => (await import('./children.ts')).childBinding,
  ),
  crypto: bound(
    () => import('./source/crypto.ts'),
    async () => (await import('./crypto.ts')).cryptoBinding,
  ),
  dns: part(small, 'DNS', net),
  'dns/promises': again('dns', 'promises'),
  events: plain(() => import('./source/events.ts')),
  fs: bound(
    () => import('./source/fs.ts'),
    async () => (await import('./fs.ts')).fsBinding,
  ),
  'fs/promises': again('fs', 'promises'),
  http: plain(() => import('./source/http.ts')),
  https: part(small, 'HTTPS'),
  'internal/events': part(web, 'EVENTS'),
  'internal/fetch': part(web, 'FETCH'),
  'internal/process': bound(
    () => import('./source/process.ts'),
    async () => (await import('../system/create-host.ts')).processBinding,
  ),
  'internal/stdio': bound(
    () => import('./source/stdio.ts'),
    async () => (await import('./stdio.ts')).stdioBinding,
  ),
  'internal/util': async () => ({
    source: 'module.exports = { inspect: host.inspect, format: host.format, formatWithOptions: host.formatWithOptions };',
    binding: async () => (await import('./every-module.ts')).inspectBinding,
  }),
  module: async () => ({
    source: 'module.exports = host.moduleClass;',
    binding: async () => (await import('../system/create-host.ts')).moduleBinding,
  }),
  net: bound(() => import('./source/net.ts'), net),
  os: part(small, 'OS', async () => (await import('./machine-facts.ts')).osBinding),
  path: plain(() => import('./source/path.ts')),
  'path/posix': again('path'),
  perf_hooks: part(small, 'PERF_HOOKS'),
  process: async () => ({ source: 'module.exports = process;' }),
  querystring: part(small, 'QUERYSTRING'),
  readline: part(small, 'READLINE'),
  'readline/promises': again('readline', 'promises'),
  stream: plain(() => import('./source/stream.ts')),
  'stream/promises': again('stream', 'promises'),
  string_decoder: part(small, 'STRING_DECODER'),
  timers: part(small, 'TIMERS'),
  'timers/promises': again('timers', 'promises'),
  url: part(web, 'URLS'),
  util: bound(() => import('./source/formatting.ts'), util),
  'util/types': again('util', 'types'),
  zlib: part(small, 'ZLIB', async () => (await import('./zlib.ts')).zlibBinding),
};

export const isBuiltin = (name: string): boolean => {
  const plainName = name.replace(/^node:/, '');
  return !plainName.startsWith('internal/') && Object.hasOwn(LIBRARY, plainName);
};
