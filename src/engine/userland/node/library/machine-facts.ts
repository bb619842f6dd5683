/** What `os` and `util` reach. */
import { isErrno } from '../../../kernel/errno.ts';
import { decode } from '../../encoding.ts';
import { looseEquals, sameZero, toText } from '../runtime/convert.ts';
import { native } from '../runtime/functions.ts';
import { arrayOf, enumerableKeys, get, isProxy, recordOf } from '../runtime/objects.ts';
import { isObject, JsObject, type Value } from '../runtime/values.ts';
import type { Host } from '../system/host.ts';
import { SIGNAL_NUMBERS } from '../system/signals.ts';

export function osBinding(host: Host): Readonly<Record<string, Value>> {
  const { sys } = host;
  const read = (path: string): string => {
    try {
      return decode(sys.path.readFile(path));
    } catch (error) {
      if (isErrno(error)) return '';
      throw error;
    }
  };
  return {
    hostname: native('hostname', 0, () => sys.hostname()),
    uname: native('uname', 1, ([name]) =>
      toText(name) === 'release' ? sys.uname.release : toText(name) === 'version' ? sys.uname.version : sys.uname.machine,
    ),
    uptime: native('uptime', 0, () => Number.parseFloat(read('/proc/uptime')) || 0),
    words: native('words', 1, ([path]) => arrayOf(read(toText(path)).split(/\s+/))),
    memory: native(
      'memory',
      1,
      ([name]) => Number(new RegExp(`^${toText(name)}:\\s+(\\d+)`, 'm').exec(read('/proc/meminfo'))?.[1] ?? 0) * 1024,
    ),
    cpus: native('cpus', 0, () => {
      const text = read('/proc/cpuinfo');
      const count = Math.max(1, text.match(/^processor\s*:/gm)?.length ?? 1);
      const model = /^model name\s*:\s*(.*)$/m.exec(text)?.[1] ?? 'unknown';
      return arrayOf(
        Array.from({ length: count }, () =>
          recordOf({ model, speed: 2400, times: recordOf({ user: 0, nice: 0, sys: 0, idle: 0, irq: 0 }) }),
        ),
      );
    }),
    interfaces: native('interfaces', 0, () => {
      const made = new JsObject(host.realm.intrinsics.object);
      for (const link of sys.net.link.list())
        if (link.up && link.addresses.length > 0)
          made.props.set(
            link.name,
            arrayOf(
              link.addresses.map((one) =>
                recordOf({
                  address: one.ip,
                  netmask: maskOf(one.prefixLength, one.family),
                  family: one.family === 'inet' ? 'IPv4' : 'IPv6',
                  mac: link.mac,
                  internal: link.kind === 'loopback',
                  cidr: `${one.ip}/${one.prefixLength}`,
                }),
              ),
            ),
          );
      return made;
    }),
    user: native('user', 0, () => {
      const { uid, gid } = sys.ids.get();
      const line = read('/etc/passwd')
        .split('\n')
        .map((one) => one.split(':'))
        .find((one) => one[2] === String(uid));
      return recordOf({ uid, gid, username: line?.[0] ?? String(uid), homedir: line?.[5] ?? '/', shell: line?.[6] ?? null });
    }),
    signals: recordOf(SIGNAL_NUMBERS),
  };
}

function maskOf(bits: number, family: 'inet' | 'inet6'): string {
  if (family === 'inet6') return bits >= 128 ? 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' : 'ffff:ffff:ffff:ffff::';
  return [0, 8, 16, 24].map((at) => (256 - 2 ** (8 - Math.min(8, Math.max(0, bits - at)))) & 255).join('.');
}

/** Whether two values are alike in all their parts. */
export function deepEqual(a: Value, b: Value, strict: boolean, seen: [Value, Value][] = []): boolean {
  if (sameZero(a, b)) return strict ? Object.is(a, b) || typeof a !== 'number' : true;
  if (!isObject(a) || !isObject(b)) return !strict && !isObject(a) && !isObject(b) && looseEquals(a, b) === true;
  if (strict && a.proto !== b.proto) return false;
  if ((a.items === null) !== (b.items === null) || a.fn !== null || b.fn !== null || a.inner?.kind !== b.inner?.kind) return false;
  if (seen.some(([x, y]) => x === a && y === b)) return true;
  seen.push([a, b]);
  if (a.inner && b.inner && !sameInner(a.inner, b.inner, strict, seen)) return false;
  if (a.inner?.kind === 'error') for (const name of ['name', 'message']) if (get(a, name) !== get(b, name)) return false;
  const [keys, others] = [enumerableKeys(a), enumerableKeys(b)];
  if (keys.length !== others.length || (a.items?.length ?? 0) !== (b.items?.length ?? 0)) return false;
  return keys.every((key) => others.includes(key) && deepEqual(get(a, key) as Value, get(b, key) as Value, strict, seen));
}

type Inner = NonNullable<JsObject['inner']>;

function sameInner(a: Inner, b: Inner, strict: boolean, seen: [Value, Value][]): boolean {
  if (a.kind === 'date' && b.kind === 'date') return Object.is(a.ms, b.ms);
  if (a.kind === 'regexp' && b.kind === 'regexp') return a.source === b.source && a.flags === b.flags;
  if (a.kind === 'primitive' && b.kind === 'primitive') return Object.is(a.value, b.value);
  if ((a.kind === 'map' || a.kind === 'set') && (b.kind === 'map' || b.kind === 'set')) {
    const [own, other] = [a.table.entries.filter((one) => one !== null), b.table.entries.filter((one) => one !== null)];
    return (
      own.length === other.length &&
      own.every(([key, value]) => other.some(([k, v]) => deepEqual(key, k, strict, seen) && deepEqual(value, v, strict, seen)))
    );
  }
  return true;
}

export const utilBinding = (): Readonly<Record<string, Value>> => ({
  deepEqual: native('deepEqual', 3, ([a, b, strict]) => deepEqual(a, b, strict === true)),
  isProxy: native('isProxy', 1, ([value]) => isObject(value) && isProxy(value)),
});
