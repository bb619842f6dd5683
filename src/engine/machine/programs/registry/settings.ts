/** A configuration as the registry reads it: a tree of texts from YAML, then REGISTRY_… variables over it. */

export interface Tree {
  [name: string]: Tree | string;
}

/** What is wrong with a configuration, in a sentence. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

interface Line {
  readonly indent: number;
  readonly text: string;
  readonly number: number;
}

const unquoted = (text: string): string => {
  const quoted = /^"(.*)"$|^'(.*)'$/.exec(text);
  return quoted ? (quoted[1] ?? quoted[2] ?? '') : text;
};

/** Without a comment, which begins a line or follows a blank. */
const withoutComment = (line: string): string => line.replace(/(^|\s)#.*$/, '').trimEnd();

/** The part of YAML that configurations of a registry are written in: maps of maps and texts; lists are kept as texts. */
export function parseSettings(text: string): Tree {
  const lines: Line[] = text
    .split(/\r?\n/)
    .map((line, i) => ({ line: withoutComment(line), number: i + 1 }))
    .filter(({ line }) => line.trim() !== '' && line.trim() !== '---')
    .map(({ line, number }) => ({ indent: line.length - line.trimStart().length, text: line.trim(), number }));
  const root: Tree = {};
  const open: { indent: number; tree: Tree }[] = [{ indent: -1, tree: root }];
  for (const { indent, text: entry, number } of lines) {
    if (entry.startsWith('- ')) continue;
    const [, name, value = ''] = /^([^:\s][^:]*):(?:\s+(.*))?$/.exec(entry) ?? [];
    if (name === undefined) throw new ConfigurationError(`yaml: line ${number}: could not find expected ':'`);
    while ((open.at(-1)?.indent ?? -1) >= indent) open.pop();
    const parent = open.at(-1)?.tree ?? root;
    const key = unquoted(name).toLowerCase();
    if (value !== '') {
      parent[key] = unquoted(value);
      continue;
    }
    const tree: Tree = {};
    parent[key] = tree;
    open.push({ indent, tree });
  }
  return root;
}

/** `REGISTRY_STORAGE_DELETE_ENABLED=true` is storage.delete.enabled. A text in the way becomes a map, a map in the way a text. */
export function override(tree: Tree, env: Iterable<readonly [string, string]>): void {
  const found = [...env].filter(([name]) => /^REGISTRY_[A-Z0-9_]+$/.test(name)).sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [name, value] of found) set(tree, name.slice('REGISTRY_'.length).toLowerCase().split('_'), value);
}

function set(tree: Tree, path: readonly string[], value: string): void {
  const [first = '', ...rest] = path;
  if (rest.length === 0) {
    // `REGISTRY_AUTH=htpasswd` chooses a kind whose own settings come apart.
    tree[first] = isKind(first) ? { ...(isTree(tree[first]) ? tree[first] : {}), [value]: subtree(tree[first], value) } : value;
    return;
  }
  const below = isTree(tree[first]) ? tree[first] : {};
  tree[first] = below;
  set(below, rest, value);
}

const isKind = (name: string): boolean => name === 'auth' || name === 'storage';
const isTree = (value: Tree | string | undefined): value is Tree => typeof value === 'object';
const subtree = (value: Tree | string | undefined, name: string): Tree => {
  const found = isTree(value) ? value[name] : undefined;
  return isTree(found) ? found : {};
};

/** The text at a path; undefined if there is none. */
export function at(tree: Tree, path: string): string | undefined {
  let here: Tree | string | undefined = tree;
  for (const name of path.split('.')) here = isTree(here) ? here[name] : undefined;
  return typeof here === 'string' ? here : undefined;
}

/** Whether a section is there, be it empty. */
export function has(tree: Tree, path: string): boolean {
  let here: Tree | string | undefined = tree;
  for (const name of path.split('.')) here = isTree(here) ? here[name] : undefined;
  return here !== undefined;
}

export interface RegistrySettings {
  readonly ip: string;
  readonly port: number;
  readonly root: string;
  readonly canDelete: boolean;
  readonly hasSecret: boolean;
  /** What every answer says besides (`http.headers`). */
  readonly headers: readonly (readonly [string, string])[];
  readonly htpasswd?: { readonly realm: string; readonly path: string };
}

/** Parts of the real one that are not modelled: a registry that ignored them would not be what its owner believes. */
const NOT_SUPPORTED: readonly (readonly [section: string, what: string])[] = [
  ['http.tls', 'TLS certificates'],
  ['http.letsencrypt', "Let's Encrypt"],
  ['proxy.remoteurl', 'pulling through from another registry'],
  ['auth.token', 'tokens of another service'],
  ['auth.silly', 'the auth controller "silly"'],
  ['notifications.endpoints', 'notifications'],
  ...['s3', 'azure', 'gcs', 'swift', 'oss'].map((driver) => [`storage.${driver}`, `the storage driver "${driver}"`] as const),
];

/** Throws ConfigurationError. */
export function readSettings(tree: Tree): RegistrySettings {
  if (at(tree, 'version') === undefined) throw new ConfigurationError('configuration version unspecified');
  for (const [section, what] of NOT_SUPPORTED)
    if (has(tree, section)) throw new ConfigurationError(`${section}: ${what} is not supported by this registry`);
  const address = at(tree, 'http.addr') ?? ':5000';
  const [, host = '', port = ''] = /^(?:\[?([^\]]*?)\]?):(\d+)$/.exec(address) ?? [];
  if (port === '' || Number(port) > 65535) throw new ConfigurationError(`listen tcp: address ${address}: missing port in address`);
  return {
    ip: host === '' ? '::' : host === 'localhost' ? '127.0.0.1' : host,
    port: Number(port),
    root: at(tree, 'storage.filesystem.rootdirectory') ?? '/var/lib/registry',
    canDelete: at(tree, 'storage.delete.enabled') === 'true',
    hasSecret: (at(tree, 'http.secret') ?? '') !== '',
    headers: headersOf(tree),
    ...(has(tree, 'auth.htpasswd') ? { htpasswd: htpasswdOf(tree) } : {}),
  };
}

/** `X-Content-Type-Options: [nosniff]`, under the name as it is sent. */
function headersOf(tree: Tree): RegistrySettings['headers'] {
  const { http } = tree;
  const headers = isTree(http) && isTree(http.headers) ? http.headers : {};
  return Object.entries(headers).flatMap(([name, value]) =>
    isTree(value) ? [] : [[name.replace(/(^|-)[a-z]/g, (first) => first.toUpperCase()), value.replace(/^\[|\]$/g, '')] as const],
  );
}

function htpasswdOf(tree: Tree): NonNullable<RegistrySettings['htpasswd']> {
  const realm = at(tree, 'auth.htpasswd.realm');
  const path = at(tree, 'auth.htpasswd.path');
  if (realm === undefined)
    throw new ConfigurationError('unable to configure authorization (htpasswd): "realm" must be set for htpasswd access controller');
  if (path === undefined)
    throw new ConfigurationError('unable to configure authorization (htpasswd): "path" must be set for htpasswd access controller');
  return { realm, path };
}
