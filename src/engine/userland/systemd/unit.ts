/** Unit files: `[Section]` and `Key=value` lines, of which systemd here reads what its own units use (systemd.unit(5)). */
import type { Sys } from '../../kernel/sys.ts';

export const UNIT_FOLDERS = ['/etc/systemd/system', '/usr/lib/systemd/system'];

export interface Unit {
  readonly name: string;
  readonly path: string;
  readonly description: string;
  readonly requires: readonly string[];
  readonly wantedBy: readonly string[];
  /** Of a service. */
  readonly execStart?: readonly string[];
  readonly restart?: string;
  readonly stopTimeoutMs: number;
  /** Of a socket. */
  readonly listenStream?: string;
  readonly socketMode: number;
  readonly socketGroup?: string;
  readonly service?: string;
}

const DEFAULT_STOP_TIMEOUT_MS = 90_000;

const words = (text: string | undefined): readonly string[] => (text ?? '').split(/\s+/).filter((word) => word !== '');

/** `Section.Key` → value. Comments and lines that are no assignment are skipped, as systemd does with a warning. */
function parse(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  let section = '';
  for (const line of text.split('\n')) {
    const head = /^\[(.+)\]\s*$/.exec(line);
    const assignment = /^([A-Za-z]+)\s*=\s*(.*?)\s*$/.exec(line);
    if (head) section = head[1] ?? '';
    else if (assignment) values.set(`${section}.${assignment[1]}`, assignment[2] ?? '');
  }
  return values;
}

export function parseUnit(name: string, path: string, text: string): Unit {
  const values = parse(text);
  const execStart = words(values.get('Service.ExecStart'));
  const seconds = Number(values.get('Service.TimeoutStopSec'));
  const optional = {
    ...(execStart.length > 0 ? { execStart } : {}),
    ...(values.has('Service.Restart') ? { restart: values.get('Service.Restart') ?? '' } : {}),
    ...(values.has('Socket.ListenStream') ? { listenStream: values.get('Socket.ListenStream') ?? '' } : {}),
    ...(values.has('Socket.SocketGroup') ? { socketGroup: values.get('Socket.SocketGroup') ?? '' } : {}),
    ...(name.endsWith('.socket') ? { service: values.get('Socket.Service') ?? name.replace(/socket$/, 'service') } : {}),
  };
  return {
    name,
    path,
    description: values.get('Unit.Description') ?? name,
    requires: [...words(values.get('Unit.Requires')), ...words(values.get('Unit.Wants'))],
    wantedBy: words(values.get('Install.WantedBy')),
    stopTimeoutMs: seconds > 0 ? seconds * 1000 : DEFAULT_STOP_TIMEOUT_MS,
    socketMode: Number.parseInt(values.get('Socket.SocketMode') ?? '0666', 8),
    ...optional,
  };
}

/** The unit of that name (`docker` means `docker.service`), or undefined if no folder has it. */
export function loadUnit(sys: Sys, name: string): Unit | undefined {
  const full = /\.(service|socket|target)$/.test(name) ? name : `${name}.service`;
  for (const folder of UNIT_FOLDERS) {
    const path = `${folder}/${full}`;
    if (sys.path.access(path, { read: true })) return parseUnit(full, path, new TextDecoder().decode(sys.path.readFile(path)));
  }
  return undefined;
}

/** All units that some folder has, by name. */
export function listUnits(sys: Sys): readonly Unit[] {
  const names = new Set(
    UNIT_FOLDERS.flatMap((folder) => (sys.path.access(folder, {}) ? sys.path.readdir(folder).map(({ name }) => name) : [])),
  );
  return [...names].sort().flatMap((name) => loadUnit(sys, name) ?? []);
}
