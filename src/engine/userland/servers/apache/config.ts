/** httpd.conf, as far as this server follows it: plain directives, one a line. Sections and modules are read over. */

export interface ApacheConfig {
  readonly root: string;
  readonly listen: readonly { readonly ip: string; readonly port: number }[];
  readonly documentRoot: string;
  readonly indexes: readonly string[];
  readonly serverName: string | undefined;
  readonly accessLog: string | undefined;
  readonly errorLog: string;
  readonly typesFile: string;
}

const unquote = (word: string): string => word.replace(/^"(.*)"$/, '$1');

/** `Listen 80`, `Listen 127.0.0.1:8080`, `Listen [::1]:80`. */
function address(text: string): { ip: string; port: number } {
  const [, ip, port] = /^(?:\[?([^\]]*?)\]?:)?(\d+)$/.exec(text) ?? [];
  return { ip: ip === undefined || ip === '' ? '::' : ip, port: Number(port ?? 80) };
}

export function parseApacheConfig(text: string, root: string): ApacheConfig {
  const values = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const [, name = '', rest = ''] = /^\s*([A-Za-z]+)\s+(.*?)\s*$/.exec(line) ?? [];
    if (name !== '') values.set(name.toLowerCase(), [...(values.get(name.toLowerCase()) ?? []), rest]);
  }
  const last = (name: string): string | undefined => values.get(name)?.at(-1);
  const serverRoot = unquote(last('serverroot') ?? root);
  const below = (path: string): string => (path.startsWith('/') ? path : `${serverRoot}/${path}`);
  const custom = /^("[^"]*"|\S+)/.exec(last('customlog') ?? '')?.[1];
  return {
    root: serverRoot,
    listen: (values.get('listen') ?? ['80']).map((value) => address(unquote(value))),
    documentRoot: below(unquote(last('documentroot') ?? 'htdocs')),
    indexes: (last('directoryindex') ?? 'index.html').split(/\s+/),
    serverName: last('servername'),
    accessLog: custom === undefined ? undefined : below(unquote(custom)),
    errorLog: below(unquote(last('errorlog') ?? 'logs/error_log')),
    typesFile: below(unquote(last('typesconfig') ?? 'conf/mime.types')),
  };
}

/** `text/html html htm` → the type by extension. */
export function parseTypes(text: string): ReadonlyMap<string, string> {
  const types = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [type, ...extensions] = line.replace(/#.*/, '').trim().split(/\s+/);
    for (const extension of extensions) types.set(extension, type ?? '');
  }
  return types;
}
