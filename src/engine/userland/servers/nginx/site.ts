/** What the configuration says, made ready: servers with their addresses, names and locations, each inheriting from above. */
import { ConfigError, type Directive } from './config.ts';

export interface Listen {
  readonly ip: string;
  readonly port: number;
  readonly isDefault: boolean;
  readonly v6only: boolean;
}
export interface LogTarget {
  readonly path: string;
  readonly format: string;
}

/** What a block may set and the blocks in it inherit. */
export interface Settings {
  readonly root: string;
  readonly alias: string | undefined;
  readonly index: readonly string[];
  readonly autoindex: boolean;
  readonly errorPages: ReadonlyMap<number, { readonly uri: string; readonly code: number | undefined }>;
  readonly accessLogs: readonly LogTarget[];
  readonly errorLog: { readonly path: string; readonly level: string };
  readonly defaultType: string;
  readonly addHeaders: readonly { readonly name: string; readonly value: string; readonly always: boolean }[];
  readonly tryFiles: readonly string[] | undefined;
  readonly reply: { readonly code: number; readonly text: string | undefined } | undefined;
  readonly denied: boolean;
  readonly proxyPass: string | undefined;
  readonly proxyHeaders: ReadonlyMap<string, string>;
  readonly serverTokens: boolean;
}

export interface Location {
  readonly kind: 'exact' | 'prefix' | 'final-prefix' | 'regex' | 'named';
  readonly path: string;
  readonly pattern: RegExp | undefined;
  readonly settings: Settings;
}
export interface Server {
  readonly listens: readonly Listen[];
  readonly names: readonly string[];
  readonly settings: Settings;
  readonly locations: readonly Location[];
}
export interface Upstream {
  readonly name: string;
  readonly servers: readonly string[];
}

export interface Site {
  readonly user: string | undefined;
  readonly workers: number | 'auto';
  readonly daemon: boolean;
  readonly pidFile: string;
  readonly errorLog: { readonly path: string; readonly level: string };
  readonly servers: readonly Server[];
  readonly upstreams: ReadonlyMap<string, Upstream>;
  /** The addresses behind each name in the order in which they were found: those that are still there keep their places. */
  readonly found: Map<string, readonly string[]>;
  readonly formats: ReadonlyMap<string, string>;
  readonly types: ReadonlyMap<string, string>;
  /** Every `proxy_pass`, with where it stands: its host must be known at the start. */
  readonly proxies: readonly { readonly target: string; readonly place: string }[];
}

const COMBINED = '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"';

/** Directives that change nothing here, so that a real configuration is accepted. Others are unknown, as in nginx. */
const ACCEPTED = new Set(
  (
    'worker_connections worker_rlimit_nofile multi_accept use sendfile tcp_nopush tcp_nodelay keepalive_timeout keepalive_requests gzip gzip_types gzip_vary gzip_proxied ' +
    'gzip_comp_level gzip_min_length gzip_http_version gzip_buffers gzip_disable client_max_body_size client_body_buffer_size client_header_buffer_size large_client_header_buffers ' +
    'types_hash_max_size types_hash_bucket_size server_names_hash_bucket_size server_name_in_redirect charset expires etag resolver resolver_timeout proxy_http_version ' +
    'proxy_redirect proxy_buffering proxy_buffers proxy_buffer_size proxy_read_timeout proxy_connect_timeout proxy_send_timeout proxy_cache_bypass proxy_next_upstream ' +
    'proxy_request_buffering proxy_hide_header proxy_pass_header proxy_set_body ssl_certificate ssl_certificate_key ssl_protocols ssl_ciphers ssl_prefer_server_ciphers ssl_session_cache ' +
    'ssl_session_timeout http2 keepalive reset_timedout_connection client_body_timeout client_header_timeout send_timeout open_file_cache log_not_found worker_shutdown_timeout ' +
    'load_module pcre_jit default_type autoindex_exact_size autoindex_localtime real_ip_header set_real_ip_from port_in_redirect absolute_redirect merge_slashes ip_hash least_conn ' +
    'lingering_close error_page thread_pool env working_directory events master_process lock_file timer_resolution zone internal msie_padding disable_symlinks satisfy'
  ).split(' '),
);

const BASE: Settings = {
  root: 'html',
  alias: undefined,
  index: ['index.html'],
  autoindex: false,
  errorPages: new Map(),
  accessLogs: [{ path: '/var/log/nginx/access.log', format: 'combined' }],
  errorLog: { path: '/var/log/nginx/error.log', level: 'error' },
  defaultType: 'text/plain',
  addHeaders: [],
  tryFiles: undefined,
  reply: undefined,
  denied: false,
  proxyPass: undefined,
  proxyHeaders: new Map(),
  serverTokens: true,
};

const placeOf = ({ file, line }: Directive): string => `${file}:${line}`;

interface Building {
  readonly formats: Map<string, string>;
  readonly types: Map<string, string>;
  readonly proxies: { target: string; place: string }[];
}

/** Makes a site of directives. Throws ConfigError. */
export function buildSite(directives: readonly Directive[]): Site {
  const value = (name: string): string | undefined => directives.findLast((one) => one.name === name)?.args[0];
  const building: Building = { formats: new Map([['combined', COMBINED]]), types: new Map(), proxies: [] };
  for (const one of directives) if (!TOP.has(one.name) && !ACCEPTED.has(one.name)) throw unknown(one);
  if (!directives.some(({ name }) => name === 'events')) throw new ConfigError('no "events" section in configuration');
  const logLine = directives.findLast(({ name }) => name === 'error_log')?.args ?? [];
  const errorLog = { path: logLine[0] ?? '/var/log/nginx/error.log', level: logLine[1] ?? 'error' };
  const http = directives.filter(({ name }) => name === 'http').flatMap(({ block = [] }) => block);
  const settings = inherit({ ...BASE, errorLog }, http, building);
  const workers = value('worker_processes') ?? '1';
  return {
    user: value('user'),
    workers: workers === 'auto' ? 'auto' : Math.max(1, Number(workers) || 1),
    daemon: value('daemon') !== 'off',
    pidFile: value('pid') ?? '/run/nginx.pid',
    errorLog,
    servers: http.filter(({ name }) => name === 'server').map((one) => server(one, settings, building)),
    upstreams: new Map(http.filter(({ name }) => name === 'upstream').map((one) => [one.args[0] ?? '', upstream(one)])),
    found: new Map(),
    formats: building.formats,
    types: building.types,
    proxies: building.proxies,
  };
}

const TOP = new Set(['user', 'worker_processes', 'error_log', 'pid', 'events', 'http', 'daemon', 'stream', 'include']);
const HANDLED = new Set([
  'server',
  'upstream',
  'location',
  'listen',
  'server_name',
  'log_format',
  'types',
  'root',
  'alias',
  'index',
  'autoindex',
  'error_page',
  'access_log',
  'error_log',
  'default_type',
  'add_header',
  'try_files',
  'return',
  'deny',
  'allow',
  'proxy_pass',
  'proxy_set_header',
  'server_tokens',
  'if',
  'set',
  'rewrite',
  'map',
  'limit_except',
  'stub_status',
]);

const unknown = (one: Directive): ConfigError => new ConfigError(`unknown directive "${one.name}" in ${placeOf(one)}`);

function upstream({ args, block = [] }: Directive): Upstream {
  return {
    name: args[0] ?? '',
    servers: block.filter(({ name, args: words }) => name === 'server' && !words.includes('down')).map(({ args: words }) => words[0] ?? ''),
  };
}

function inherit(above: Settings, block: readonly Directive[], building: Building): Settings {
  let settings: Settings = { ...above, tryFiles: undefined, reply: undefined, proxyPass: undefined, alias: undefined };
  const seen = new Set<string>();
  for (const one of block) {
    if (!HANDLED.has(one.name) && !ACCEPTED.has(one.name)) throw unknown(one);
    settings = { ...settings, ...change(settings, one, { building, isFirst: !seen.has(one.name) }) };
    seen.add(one.name);
  }
  return settings;
}

/** What one directive changes. The first of its kind in a block replaces what was inherited; later ones add to it. */
function change(
  settings: Settings,
  { name, args, block, file, line }: Directive,
  { building, isFirst }: { building: Building; isFirst: boolean },
): Partial<Settings> {
  const [first = ''] = args;
  switch (name) {
    case 'root':
      return { root: first.replace(/\/$/, ''), alias: undefined };
    case 'alias':
      return { alias: first };
    case 'index':
      return { index: args };
    case 'autoindex':
      return { autoindex: first === 'on' };
    case 'server_tokens':
      return { serverTokens: first !== 'off' };
    case 'default_type':
      return { defaultType: first };
    case 'error_page':
      return { errorPages: errorPages(settings, args) };
    case 'access_log':
      return {
        accessLogs: first === 'off' ? [] : [...(isFirst ? [] : settings.accessLogs), { path: first, format: args[1] ?? 'combined' }],
      };
    case 'error_log':
      return { errorLog: { path: first, level: args[1] ?? 'error' } };
    case 'add_header':
      return { addHeaders: [...(isFirst ? [] : settings.addHeaders), { name: first, value: args[1] ?? '', always: args[2] === 'always' }] };
    case 'try_files':
      return { tryFiles: args };
    case 'return':
      return { reply: settings.reply ?? reply(args) };
    case 'deny':
      return { denied: first === 'all' };
    case 'allow':
      return { denied: false };
    case 'proxy_set_header':
      return { proxyHeaders: new Map([...(isFirst ? [] : settings.proxyHeaders), [first, args[1] ?? '']]) };
    case 'proxy_pass':
      building.proxies.push({ target: first, place: `${file}:${line}` });
      return { proxyPass: first };
    case 'log_format':
      building.formats.set(first, args.slice(args[1]?.startsWith('escape=') ? 2 : 1).join(''));
      return {};
    case 'types':
      for (const { name: type, args: extensions } of block ?? []) for (const extension of extensions) building.types.set(extension, type);
      return {};
    default:
      return {};
  }
}

function errorPages(settings: Settings, args: readonly string[]): Settings['errorPages'] {
  const uri = args.at(-1) ?? '';
  const override = args.find((word) => word.startsWith('='));
  const code = override === undefined ? undefined : Number(override.slice(1)) || 200;
  return new Map([
    ...settings.errorPages,
    ...args.filter((word) => /^\d{3}$/.test(word)).map((word) => [Number(word), { uri, code }] as const),
  ]);
}

function reply([first = '', ...rest]: readonly string[]): NonNullable<Settings['reply']> {
  if (/^\d+$/.test(first)) return { code: Number(first), text: rest.length > 0 ? rest.join(' ') : undefined };
  return { code: 302, text: first };
}

function server({ block = [] }: Directive, above: Settings, building: Building): Server {
  const settings = inherit(above, block, building);
  const listens = block.filter(({ name }) => name === 'listen').map((one) => listen(one));
  const names = block.filter(({ name }) => name === 'server_name').flatMap(({ args }) => args);
  return {
    listens: listens.length > 0 ? listens : [{ ip: '0.0.0.0', port: 80, isDefault: false, v6only: false }],
    names: names.length > 0 ? names : [''],
    settings,
    locations: locations(block, settings, building),
  };
}

/** `80`, `127.0.0.1:8080`, `[::]:80`, `*:80`, with `default_server` behind it. */
function listen(directive: Directive): Listen {
  const [address = '', ...words] = directive.args;
  const parts = /^(?:(\[[^\]]+\]|\*|[\w.-]+):)?(\d+)$/.exec(address) ?? /^(\[[^\]]+\]|[\d.]+|\*|localhost)()$/.exec(address);
  if (parts === null) throw new ConfigError(`invalid parameter "${address}" in ${placeOf(directive)}`);
  const host = (parts[1] ?? '*').replace(/^\[|\]$/g, '');
  const ip = host === '*' ? '0.0.0.0' : host === 'localhost' ? '127.0.0.1' : host;
  return {
    ip,
    port: Number(parts[2] || '80'),
    isDefault: words.includes('default_server') || words.includes('default'),
    v6only: ip.includes(':') && !words.includes('ipv6only=off'),
  };
}

function locations(block: readonly Directive[], above: Settings, building: Building): readonly Location[] {
  return block
    .filter(({ name }) => name === 'location')
    .flatMap((one) => {
      const settings = inherit(above, one.block ?? [], building);
      return [location(one, settings), ...locations(one.block ?? [], settings, building)];
    });
}

function location(directive: Directive, settings: Settings): Location {
  const [first = '', second = ''] = directive.args;
  const made = (kind: Location['kind'], path: string, pattern?: RegExp): Location => ({ kind, path, pattern, settings });
  switch (first) {
    case '=':
      return made('exact', second);
    case '^~':
      return made('final-prefix', second);
    case '~':
    case '~*':
      return made('regex', second, pattern(second, first === '~*', directive));
    default:
      return made(first.startsWith('@') ? 'named' : 'prefix', first);
  }
}

function pattern(text: string, ignoresCase: boolean, directive: Directive): RegExp {
  try {
    return new RegExp(text, ignoresCase ? 'i' : '');
  } catch {
    throw new ConfigError(`pcre2_compile() failed in "${text}" in ${placeOf(directive)}`);
  }
}

/** The server for a connection's address and the name asked for; the first (or default) of that address otherwise. */
export function findServer(site: Site, { ip, port, host }: { ip: string; port: number; host: string }): Server | undefined {
  const isAt = (one: Listen): boolean => one.port === port && (one.ip === ip || one.ip === '0.0.0.0' || one.ip === '::');
  const here = site.servers.filter(({ listens }) => listens.some(isAt));
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return (
    here.find(({ names }) => names.includes(name)) ??
    here.find(({ names }) => names.some((one) => isWildcardMatch(one, name))) ??
    here.find(({ listens }) => listens.some((one) => isAt(one) && one.isDefault)) ??
    here[0]
  );
}

const isWildcardMatch = (pattern: string, name: string): boolean =>
  (pattern.startsWith('*.') && name.endsWith(pattern.slice(1))) ||
  (pattern.startsWith('.') && (name === pattern.slice(1) || name.endsWith(pattern))) ||
  (pattern.endsWith('.*') && name.startsWith(pattern.slice(0, -1)));

/** As nginx chooses: exact, the longest prefix if it is final, the first pattern, the longest prefix. */
export function findLocation({ locations: all }: Server, path: string): Location | undefined {
  const exact = all.find((one) => one.kind === 'exact' && one.path === path);
  if (exact !== undefined) return exact;
  let longest: Location | undefined;
  for (const one of all) {
    if ((one.kind !== 'prefix' && one.kind !== 'final-prefix') || !path.startsWith(one.path)) continue;
    if (longest === undefined || one.path.length > longest.path.length) longest = one;
  }
  if (longest?.kind === 'final-prefix') return longest;
  return all.find((one) => one.kind === 'regex' && one.pattern?.test(path) === true) ?? longest;
}
