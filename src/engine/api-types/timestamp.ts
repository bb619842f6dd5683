/** Times as people type them after `--since`, `--until` and in filters: a day, or a time of it, with a zone or without. */

const DAY_MS = 86_400_000;

/** Not such a time. `message` is the sentence of Go's time package. */
export class TimeFault extends Error {
  override readonly name = 'TimeFault';
}

interface Reading {
  readonly text: string;
  readonly layout: string;
  rest: string;
  readonly parts: Map<string, number>;
  fraction: string;
}

/** The pieces of a layout: what stands for something, by Go's reference time, and what stands for itself. */
const PIECES = /2006|01|02|15|04|05|\.999999999|Z07:00|[^\d.Z]/g;
const FIXED: Readonly<Record<string, readonly [name: string, least: number, most: number]>> = {
  '01': ['month', 1, 12],
  '02': ['day', 0, 99],
  '15': ['hour', 0, 23],
  '04': ['minute', 0, 59],
  '05': ['second', 0, 59],
};

/** Which form a text is held to: by its signs alone. Upstream: moby api/types/time GetTimestamp. */
function layoutOf(text: string): string {
  const hasZone = /[zZ+]/.test(text) || text.split('-').length === 4;
  const zone = hasZone ? 'Z07:00' : '';
  if (text.includes('.')) return `2006-01-02T15:04:05.999999999${zone}`;
  if (!text.includes('T')) return `2006-01-02${zone}`;
  const colons = text.split(':').length - 1;
  const own = hasZone && !/[zZ]/.test(text) && colons > 0 ? colons - 1 : colons;
  return `2006-01-02T15${own === 0 ? '' : own === 1 ? ':04' : ':04:05'}${zone}`;
}

/** Nanoseconds since 1970; a time without a zone is UTC. Throws TimeFault. */
export function readTime(text: string): bigint {
  const reading: Reading = { text, layout: layoutOf(text), rest: text, parts: new Map(), fraction: '' };
  for (const [piece] of reading.layout.matchAll(PIECES)) take(reading, piece);
  if (reading.rest !== '') throw new TimeFault(`parsing time ${JSON.stringify(text)}: extra text: ${JSON.stringify(reading.rest)}`);
  const part = (name: string): number => reading.parts.get(name) ?? 0;
  const [year, month, day] = [part('year'), part('month'), part('day')];
  const days = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  if (day < 1 || day > days) throw outOfRange(reading, 'day');
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const seconds = part('hour') * 3600 + part('minute') * 60 + part('second') - part('zone');
  return BigInt(Math.floor(date.getTime() / DAY_MS) * 86_400 + seconds) * 1_000_000_000n + BigInt(reading.fraction.padEnd(9, '0'));
}

const outOfRange = ({ text }: Reading, what: string): TimeFault =>
  new TimeFault(`parsing time ${JSON.stringify(text)}: ${what} out of range`);

const refused = ({ text, layout, rest }: Reading, piece: string): TimeFault =>
  new TimeFault(
    `parsing time ${JSON.stringify(text)} as ${JSON.stringify(layout)}: cannot parse ${JSON.stringify(rest)} as ${JSON.stringify(piece)}`,
  );

function take(reading: Reading, piece: string): void {
  if (piece === '.999999999') return takeFraction(reading);
  if (piece === 'Z07:00') return takeZone(reading);
  const known = FIXED[piece];
  // An hour may have one digit.
  const form = piece === '2006' ? /^\d.{3}/s : piece === '15' ? /^\d\d?/ : known ? /^\d\d/ : null;
  const found = form === null ? (reading.rest.startsWith(piece) ? piece : undefined) : form.exec(reading.rest)?.[0];
  if (found === undefined || (piece === '2006' && !/^\d{4}$/.test(found))) throw refused(reading, piece);
  reading.rest = reading.rest.slice(found.length);
  if (form === null) return;
  const [name, least, most] = known ?? ['year', 0, 9999];
  const value = Number(found);
  if (value < least || value > most) throw outOfRange(reading, name);
  reading.parts.set(name, value);
  if (piece === '05' && !reading.layout.includes('.999999999')) takeFraction(reading);
}

function takeFraction(reading: Reading): void {
  const [whole = '', digits = ''] = /^[.,](\d{1,9})/.exec(reading.rest) ?? [];
  reading.rest = reading.rest.slice(whole.length);
  reading.fraction = digits;
}

function takeZone(reading: Reading): void {
  const match = /^(?:Z|([+-])(\d\d):(\d\d))/.exec(reading.rest);
  if (!match) throw refused(reading, 'Z07:00');
  const [whole, sign, hours = '0', minutes = '0'] = match;
  reading.rest = reading.rest.slice(whole.length);
  reading.parts.set('zone', (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60));
}
