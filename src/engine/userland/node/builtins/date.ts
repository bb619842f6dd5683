/** `Date`, on the machine's clock, in the zone that TZ says. */
import { zoneOf } from '../../coreutils/dates.ts';
import { primitiveToText, toNumber, toPrimitive, toText } from '../runtime/convert.ts';
import { call, prototypeOf } from '../runtime/functions.ts';
import { get } from '../runtime/objects.ts';
import { andThen } from '../runtime/steps.ts';
import { isObject, JsObject, PENDING, type Result, SYMBOLS, type Value } from '../runtime/values.ts';
import { insist, intrinsics, realm, sys } from '../runtime/vm.ts';
import { makeClass, method, methods } from './define.ts';
import { localDate } from './locale-dates.ts';

const MINUTE_MS = 60_000;
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Zones without summer time that people name by their city. */
const CITIES: Readonly<Record<string, readonly [offsetMinutes: number, name: string]>> = {
  'Asia/Seoul': [540, 'Korean Standard Time'],
  'Asia/Tokyo': [540, 'Japan Standard Time'],
  'Asia/Shanghai': [480, 'China Standard Time'],
  'Asia/Singapore': [480, 'Singapore Standard Time'],
  'Asia/Kolkata': [330, 'India Standard Time'],
  'America/Sao_Paulo': [-180, 'Brasilia Standard Time'],
};

export function offsetMinutes(): number {
  const tz = sys().env.get('TZ');
  return tz === undefined ? 0 : (CITIES[tz]?.[0] ?? zoneOf(tz).offsetMinutes);
}
function zoneName(): string {
  const tz = sys().env.get('TZ') ?? '';
  return CITIES[tz]?.[1] ?? (offsetMinutes() === 0 ? 'Coordinated Universal Time' : offsetText().replace(/(\d\d)$/, ':$1'));
}
function offsetText(): string {
  const minutes = offsetMinutes();
  const size = Math.abs(minutes);
  return `GMT${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`;
}

export const nowMs = (): number => Number(sys().clock.nowNs() / 1_000_000n);
const two = (value: number): string => String(value).padStart(2, '0');
const localOf = (ms: number): Date => new Date(ms + offsetMinutes() * MINUTE_MS);
const yearText = (year: number): string => (year < 0 ? `-${String(-year).padStart(6, '0')}` : String(year).padStart(4, '0'));

function own(self: Value): number {
  if (isObject(self) && self.inner?.kind === 'date') return self.inner.ms;
  throw realm().typeError('this is not a Date object.');
}

function dayText(at: Date): string {
  return `${DAYS[at.getUTCDay()]} ${MONTHS[at.getUTCMonth()]} ${two(at.getUTCDate())} ${yearText(at.getUTCFullYear())}`;
}
function timeText(at: Date): string {
  return `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} ${offsetText()} (${zoneName()})`;
}
export function dateText(ms: number): string {
  if (Number.isNaN(ms)) return 'Invalid Date';
  const at = localOf(ms);
  return `${dayText(at)} ${timeText(at)}`;
}

/** A text as an instant: ISO 8601, or as people and e-mails write it. */
export function parseDate(text: string): number {
  const iso = /^([-+]\d{6}|\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?\s*(Z|[-+]\d\d:?\d\d)?$/.exec(
    text.trim(),
  );
  if (iso) {
    const [, year, month = '01', day = '01', hour, minute = '0', second = '0', part = '0', zone] = iso;
    const ms = Math.trunc(Number(`0.${part}`) * 1000 + 1e-9);
    const [m, d, h] = [Number(month), Number(day), Number(hour ?? 0)];
    if (m < 1 || m > 12 || d < 1 || d > 31 || h > 24 || Number(minute) > 59 || Number(second) > 59) return Number.NaN;
    const utc = utcOf([Number(year), m - 1, d, h, Number(minute), Number(second), ms]);
    return utc - (zone === undefined ? (hour === undefined ? 0 : offsetMinutes()) : zoneMinutes(zone)) * MINUTE_MS;
  }
  return parseLoose(text);
}

function zoneMinutes(zone: string): number {
  if (zone === 'Z') return 0;
  const sign = zone.startsWith('-') ? -1 : 1;
  return sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2)));
}

function parseLoose(text: string): number {
  const words = text
    .replace(/\([^)]*\)/g, ' ')
    .replace(/,/g, ' ')
    .trim()
    .split(/\s+/);
  let [year, month, day] = [Number.NaN, Number.NaN, Number.NaN];
  let [time, zone]: [number[], number | null] = [[0, 0, 0], null];
  for (const word of words) {
    const slashes = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(word) ?? /^(\d{1,2})-(\d{1,2})-(\d{4})$/.exec(word);
    const clock = /^(\d{1,2}):(\d\d)(?::(\d\d))?$/.exec(word);
    const name = MONTHS.findIndex((one) => word.length >= 3 && word.slice(0, 3).toLowerCase() === one.toLowerCase());
    if (slashes) [month, day, year] = [Number(slashes[1]) - 1, Number(slashes[2]), Number(slashes[3])];
    else if (clock) time = [Number(clock[1]), Number(clock[2]), Number(clock[3] ?? 0)];
    else if (/^[AP]M$/i.test(word)) time[0] = ((time[0] ?? 0) % 12) + (/^p/i.test(word) ? 12 : 0);
    else if (/^(GMT|UTC|Z)$/i.test(word)) zone = 0;
    else if (/^(GMT|UTC)?[-+]\d{4}$/i.test(word)) zone = zoneMinutes(word.slice(-5));
    else if (name >= 0) month = name;
    else if (/^\d{4}$/.test(word)) year = Number(word);
    else if (/^\d{1,2}(st|nd|rd|th)?$/.test(word)) day = Number.parseInt(word, 10);
    else if (!DAYS.some((one) => word.slice(0, 3).toLowerCase() === one.toLowerCase())) return Number.NaN;
  }
  if (Number.isNaN(month)) return Number.NaN;
  const utc = utcOf([Number.isNaN(year) ? 2001 : year, month, Number.isNaN(day) ? 1 : day, ...time, 0]);
  return utc - (zone ?? offsetMinutes()) * MINUTE_MS;
}

/** Parts as an instant; years are as they are said. */
function utcOf(parts: readonly number[]): number {
  const [year = 0, month = 0, day = 1, hour = 0, minute = 0, second = 0, ms = 0] = parts;
  const made = new Date(0);
  made.setUTCFullYear(year, month, day);
  made.setUTCHours(hour, minute, second, ms);
  return made.getTime();
}

const ofParts = (parts: readonly number[]): number =>
  utcOf([(parts[0] ?? 0) >= 0 && (parts[0] ?? 0) <= 99 ? (parts[0] ?? 0) + 1900 : (parts[0] ?? 0), ...parts.slice(1)]);

function instantOf(args: readonly Value[]): number {
  const [first] = args;
  if (args.length === 0) return nowMs();
  if (args.length > 1) return ofParts(args.map(toNumber).map(Math.trunc)) - offsetMinutes() * MINUTE_MS;
  if (isObject(first) && first.inner?.kind === 'date') return first.inner.ms;
  const value = insist(toPrimitive(first));
  const ms = typeof value === 'string' ? parseDate(value) : toNumber(value);
  return Math.abs(ms) > 8.64e15 ? Number.NaN : Math.trunc(ms) + 0;
}

export function newDate(ms: number, proto: JsObject = intrinsics().date): JsObject {
  const made = new JsObject(proto);
  made.inner = { kind: 'date', ms };
  return made;
}

export function setUpDate(): void {
  const proto = intrinsics().date;
  const date = makeClass({ name: 'Date', length: 7, prototype: proto }, (args, _, newTarget) =>
    newTarget === undefined ? dateText(nowMs()) : newDate(instantOf(args), prototypeOf(newTarget, 'date')),
  );
  methods(date, {
    now: [0, () => nowMs()],
    parse: [1, ([text]) => parseDate(toText(text))],
    UTC: [7, (args) => ofParts(args.map(toNumber))],
  });
  texts(proto);
  fields(proto);
  method(proto, SYMBOLS.toPrimitive, 1, ([hint], self): Result => {
    if (!isObject(self)) throw realm().typeError('not an object');
    const order = hint === 'number' ? 'valueOf' : 'toString';
    return andThen(get(self, order), (fn) => call(fn, self, []));
  });
}

function texts(proto: JsObject): void {
  const iso = (ms: number): string => {
    if (Number.isNaN(ms)) throw realm().rangeError('Invalid time value');
    return new Date(ms).toISOString();
  };
  const valid = (ms: number, text: (at: Date) => string): string => (Number.isNaN(ms) ? 'Invalid Date' : text(localOf(ms)));
  methods(proto, {
    toISOString: [0, (_, self) => iso(own(self))],
    toJSON: [1, (_, self) => (Number.isNaN(own(self)) ? null : iso(own(self)))],
    toString: [0, (_, self) => dateText(own(self))],
    toDateString: [0, (_, self) => valid(own(self), dayText)],
    toTimeString: [0, (_, self) => valid(own(self), timeText)],
    toUTCString: [0, (_, self) => (Number.isNaN(own(self)) ? 'Invalid Date' : new Date(own(self)).toUTCString())],
    toGMTString: [0, (_, self) => new Date(own(self)).toUTCString()],
    toLocaleString: [0, ([, options], self) => localDate(own(self), options, 'any')],
    toLocaleDateString: [0, ([, options], self) => localDate(own(self), options, 'date')],
    toLocaleTimeString: [0, ([, options], self) => localDate(own(self), options, 'time')],
    getTime: [0, (_, self) => own(self)],
    valueOf: [0, (_, self) => own(self)],
    getTimezoneOffset: [0, () => -offsetMinutes() + 0],
    getYear: [0, (_, self) => localOf(own(self)).getUTCFullYear() - 1900],
    setTime: [
      1,
      ([ms], self) => {
        if (isObject(self) && self.inner?.kind === 'date') self.inner.ms = toNumber(ms);
        return own(self);
      },
    ],
  });
}

const FIELDS = ['FullYear', 'Month', 'Date', 'Hours', 'Minutes', 'Seconds', 'Milliseconds', 'Day'] as const;

function fields(proto: JsObject): void {
  for (const field of FIELDS)
    for (const isUtc of [true, false]) {
      const infix = isUtc ? 'UTC' : '';
      const shift = (): number => (isUtc ? 0 : offsetMinutes() * MINUTE_MS);
      method(proto, `get${infix}${field}`, 0, (_, self) => new Date(own(self) + shift())[`getUTC${field}`]());
      if (field === 'Day') continue;
      method(proto, `set${infix}${field}`, 1, (args, self) => {
        const at = new Date(own(self) + shift());
        const [first = Number.NaN, ...rest] = args.map(toNumber);
        (at[`setUTC${field}`] as (...parts: number[]) => number).call(at, first, ...rest);
        const ms = at.getTime() - shift();
        if (isObject(self) && self.inner?.kind === 'date') self.inner.ms = ms;
        return ms;
      });
    }
}

export const asText = primitiveToText;
export const isPending = (value: unknown): boolean => value === PENDING;
