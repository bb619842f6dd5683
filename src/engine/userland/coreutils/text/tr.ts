import { READ_BYTES, toRaw } from '../../program-io.ts';
import { quoted, type Utility } from '../../tool.ts';

const SPEC = {
  short: 'cCdst',
  long: { complement: 'c', delete: 'd', 'squeeze-repeats': 's', 'truncate-set1': 't' },
  usage: '[-cds] STRING1 [STRING2]',
  stopsAtOperand: true,
};

const CLASSES: Readonly<Record<string, (code: number) => boolean>> = {
  alpha: (c) => (c >= 65 && c <= 90) || (c >= 97 && c <= 122),
  digit: (c) => c >= 48 && c <= 57,
  alnum: (c) => (c >= 48 && c <= 57) || (c >= 65 && c <= 90) || (c >= 97 && c <= 122),
  upper: (c) => c >= 65 && c <= 90,
  lower: (c) => c >= 97 && c <= 122,
  space: (c) => c === 32 || (c >= 9 && c <= 13),
  blank: (c) => c === 32 || c === 9,
  punct: (c) => c > 32 && c < 127 && !/[A-Za-z0-9]/.test(String.fromCharCode(c)),
  cntrl: (c) => c < 32 || c === 127,
  graph: (c) => c > 32 && c < 127,
  print: (c) => c >= 32 && c < 127,
  xdigit: (c) => /[0-9A-Fa-f]/.test(String.fromCharCode(c)),
};
const ESCAPES: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, '\\': 92 };

export const tr: Utility = async (tool) => {
  const options = await tool.options(SPEC);
  const [first, second] = options.operands;
  const needsTwo = !options.has('d') && !options.has('s');
  if (first === undefined) return tool.wrongUsage(SPEC, tool.isBusybox ? undefined : 'missing operand');
  // busybox then changes nothing.
  if (second === undefined && needsTwo && !tool.isBusybox)
    return tool.wrongUsage(SPEC, `missing operand after ${quoted(first)}\nTwo strings must be given when translating.`);
  const one = setOf(first, 0);
  const from = options.has('c', 'C') ? complement(one) : one;
  const to = second === undefined ? null : setOf(second, from.length);
  const isDeleted = new Uint8Array(256);
  const isSqueezed = new Uint8Array(256);
  const map = Uint8Array.from({ length: 256 }, (_, code) => code);
  if (options.has('d')) for (const code of from) isDeleted[code] = 1;
  else if (to !== null)
    from.forEach((code, at) => {
      if (at < to.length || !options.has('t')) map[code] = to[Math.min(at, to.length - 1)] ?? code;
    });
  if (options.has('s')) for (const code of to ?? from) isSqueezed[code] = 1;
  let last = -1;
  for (;;) {
    const bytes = await tool.sys.read(0, READ_BYTES);
    if (bytes.length === 0) return 0;
    const result = new Uint8Array(bytes.length);
    let length = 0;
    for (const byte of bytes) {
      if (isDeleted[byte] === 1) continue;
      const mapped = map[byte] ?? byte;
      if (mapped === last && isSqueezed[mapped] === 1) continue;
      result[length] = mapped;
      length += 1;
      last = mapped;
    }
    await tool.out.bytes(result.subarray(0, length));
  }
};

const complement = (set: readonly number[]): readonly number[] => {
  const members = new Set(set);
  return Array.from({ length: 256 }, (_, code) => code).filter((code) => !members.has(code));
};

/** The characters that a set names, in order: escapes, ranges, classes, `[x*n]`. `wantedLength` is what `[x*]` fills up to. */
function setOf(text: string, wantedLength: number): readonly number[] {
  const raw = toRaw(text);
  const set: number[] = [];
  for (let at = 0; at < raw.length; ) {
    const named = /^\[:(\w+):\]/.exec(raw.slice(at));
    const isMember = CLASSES[named?.[1] ?? ''];
    if (named && isMember !== undefined) {
      for (let code = 0; code < 256; code += 1) if (isMember(code)) set.push(code);
      at += named[0].length;
      continue;
    }
    const equivalent = /^\[=(.)=\]/s.exec(raw.slice(at));
    if (equivalent) {
      set.push(equivalent[1]?.charCodeAt(0) ?? 0);
      at += equivalent[0].length;
      continue;
    }
    const repeated = /^\[(\\?.)\*(\d*)\]/s.exec(raw.slice(at));
    if (repeated) {
      const { code } = charAt(repeated[1] ?? '', 0);
      const count =
        repeated[2] === ''
          ? Math.max(0, wantedLength - set.length)
          : Number.parseInt(repeated[2] ?? '0', (repeated[2] ?? '').startsWith('0') ? 8 : 10);
      for (let i = 0; i < count; i += 1) set.push(code);
      at += repeated[0].length;
      continue;
    }
    const start = charAt(raw, at);
    at = start.next;
    if (raw[at] === '-' && at + 1 < raw.length) {
      const end = charAt(raw, at + 1);
      for (let code = start.code; code <= end.code; code += 1) set.push(code);
      at = end.next;
    } else set.push(start.code);
  }
  return set;
}

function charAt(raw: string, at: number): { code: number; next: number } {
  const char = raw[at] ?? '';
  if (char !== '\\' || at + 1 >= raw.length) return { code: char.charCodeAt(0), next: at + 1 };
  const octal = /^[0-7]{1,3}/.exec(raw.slice(at + 1));
  if (octal) return { code: Number.parseInt(octal[0], 8) & 0xff, next: at + 1 + octal[0].length };
  const letter = raw[at + 1] ?? '';
  return { code: ESCAPES[letter] ?? letter.charCodeAt(0), next: at + 2 };
}
