/** Versions and ranges of them, as npm reads them. */
export interface Version {
  readonly parts: readonly [number, number, number];
  readonly pre: readonly (string | number)[];
}

export function parseVersion(text: string): Version | null {
  const found = /^[v=\s]*(\d+)\.(\d+)\.(\d+)(?:-([\w.-]+))?(?:\+[\w.-]+)?$/.exec(text.trim());
  if (found === null) return null;
  const pre = (found[4] ?? '').split('.').filter((one) => one !== '');
  return { parts: [Number(found[1]), Number(found[2]), Number(found[3])], pre: pre.map((one) => (/^\d+$/.test(one) ? Number(one) : one)) };
}

export function compare(a: Version, b: Version): number {
  for (let at = 0; at < 3; at += 1) if (a.parts[at] !== b.parts[at]) return (a.parts[at] ?? 0) - (b.parts[at] ?? 0);
  if (a.pre.length === 0 || b.pre.length === 0) return b.pre.length - a.pre.length === 0 ? 0 : a.pre.length === 0 ? 1 : -1;
  for (let at = 0; at < Math.max(a.pre.length, b.pre.length); at += 1) {
    const [x, y] = [a.pre[at], b.pre[at]];
    if (x === y) continue;
    if (x === undefined || y === undefined) return x === undefined ? -1 : 1;
    if (typeof x !== typeof y) return typeof x === 'number' ? -1 : 1;
    return x < y ? -1 : 1;
  }
  return 0;
}

interface Bound {
  readonly sign: '<' | '<=' | '>' | '>=' | '=';
  readonly version: Version;
}

const plain = (major: number, minor: number, patch: number, pre: Version['pre'] = []): Version => ({ parts: [major, minor, patch], pre });

/** One word of a range: `^1.2`, `~1`, `>=2.0.0`, `1.x`, `*`. Null if it is none. */
function boundsOf(word: string): Bound[] | null {
  const found = /^(\^|~>?|>=|<=|>|<|=)?\s*v?(\d+|[xX*])?(?:\.(\d+|[xX*]))?(?:\.(\d+|[xX*])(?:-([\w.-]+))?)?$/.exec(word);
  if (found === null) return null;
  const [, sign = '', a, b, c, pre] = found;
  const number = (text: string | undefined): number | null => (text === undefined || /[xX*]/.test(text) ? null : Number(text));
  const [major, minor, patch] = [number(a), number(b), number(c)];
  if (major === null) return [];
  const own = parseVersion(`${major}.${minor ?? 0}.${patch ?? 0}${pre === undefined ? '' : `-${pre}`}`) ?? plain(major, 0, 0);
  const upTo = (version: Version): Bound[] => [
    { sign: '>=', version: own },
    { sign: '<', version: { ...version, pre: [0] } },
  ];
  const next = minor === null ? plain(major + 1, 0, 0) : patch === null ? plain(major, minor + 1, 0) : null;
  if (sign === '^') {
    if (major > 0 || minor === null) return upTo(plain(major + 1, 0, 0));
    return upTo(minor > 0 || patch === null ? plain(0, minor + 1, 0) : plain(0, 0, (patch ?? 0) + 1));
  }
  if (sign.startsWith('~')) return upTo(minor === null ? plain(major + 1, 0, 0) : plain(major, minor + 1, 0));
  if (sign === '' || sign === '=') return next === null ? [{ sign: '=', version: own }] : upTo(next);
  if (sign === '>' && next !== null) return [{ sign: '>=', version: next }];
  if (sign === '<=' && next !== null) return [{ sign: '<', version: next }];
  return [{ sign: sign as Bound['sign'], version: own }];
}

function allows({ sign, version }: Bound, own: Version): boolean {
  const order = compare(own, version);
  if (sign === '=') return order === 0;
  if (sign === '>') return order > 0;
  if (sign === '>=') return order >= 0;
  return sign === '<' ? order < 0 : order <= 0;
}

export function satisfies(text: string, range: string): boolean {
  const own = parseVersion(text);
  if (own === null) return false;
  return range.split('||').some((part) => {
    const hyphen = /^\s*(\S+)\s+-\s+(\S+)\s*$/.exec(part);
    const words = hyphen
      ? [`>=${hyphen[1]}`, `<=${hyphen[2]}`]
      : part
          .trim()
          .replace(/([<>=~^])\s+/g, '$1')
          .split(/\s+/)
          .filter((one) => one !== '' && one !== 'latest');
    const bounds = words.map(boundsOf);
    if (bounds.some((one) => one === null)) return false;
    const all = bounds.flatMap((one) => one ?? []);
    if (own.pre.length > 0 && !all.some(({ version }) => version.pre.length > 0 && version.parts.join() === own.parts.join())) return false;
    return all.every((one) => allows(one, own));
  });
}

/** The newest that a range allows. */
export function newest(versions: readonly string[], range: string): string | null {
  let best: string | null = null;
  for (const one of versions) {
    const [own, other] = [parseVersion(one), best === null ? null : parseVersion(best)];
    if (own !== null && satisfies(one, range) && (other === null || compare(own, other) > 0)) best = one;
  }
  return best;
}
