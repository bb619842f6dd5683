/** Dates as American English writes them. */

import { zoneOf } from '../../coreutils/dates.ts';
import type { Value } from '../runtime/values.ts';
import { realm } from '../runtime/vm.ts';
import { offsetMinutes } from './date.ts';
import { type Options, optionsOf } from './locale.ts';

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

const two = (value: number): string => String(value).padStart(2, '0');
const sized = (value: number, how: Value): string => (how === '2-digit' ? two(value % 100) : String(value));

const STYLES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  full: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  long: { year: 'numeric', month: 'long', day: 'numeric' },
  medium: { year: 'numeric', month: 'short', day: 'numeric' },
  short: { year: '2-digit', month: 'numeric', day: 'numeric' },
};
const TIME_STYLES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  medium: { hour: 'numeric', minute: '2-digit', second: '2-digit' },
  short: { hour: 'numeric', minute: '2-digit' },
};

function zoneMinutes(options: Options): number {
  const zone = options.get('timeZone');
  if (zone === undefined) return offsetMinutes();
  if (zone === 'UTC' || zone === 'GMT') return 0;
  if (zone === 'Asia/Seoul' || zone === 'Asia/Tokyo') return 540;
  const found = zoneOf(String(zone)).offsetMinutes;
  if (found === 0) throw realm().absent(`rules of the time zone ${String(zone)}`);
  return found;
}

const DATE_PARTS = ['weekday', 'year', 'month', 'day'];
const TIME_PARTS = ['hour', 'minute', 'second'];

export function localDate(ms: number, given: Value | Options, what: 'any' | 'date' | 'time'): string {
  if (Number.isNaN(ms)) return 'Invalid Date';
  const asked = given instanceof Map ? (given as Options) : optionsOf(given as Value);
  const options = new Map(asked);
  const style = (name: string, table: typeof STYLES): void => {
    const found = table[String(options.get(name))];
    if (found) for (const [key, value] of Object.entries(found)) options.set(key, value);
  };
  style('dateStyle', STYLES);
  style('timeStyle', TIME_STYLES);
  const has = (names: readonly string[]): boolean => names.some((name) => options.has(name));
  const isBare = !has(DATE_PARTS) && !has(TIME_PARTS);
  if ((isBare && what !== 'time') || (what === 'date' && !has(DATE_PARTS)))
    for (const part of ['year', 'month', 'day']) options.set(part, 'numeric');
  if ((isBare && what !== 'date') || (what === 'time' && !has(TIME_PARTS)))
    for (const [part, how] of [
      ['hour', 'numeric'],
      ['minute', '2-digit'],
      ['second', '2-digit'],
    ] as const)
      options.set(part, how);
  const at = new Date(ms + zoneMinutes(options) * 60_000);
  const date = dateText(at, options);
  const time = options.has('hour') || options.has('minute') || options.has('second') ? timeText(at, options) : '';
  const between = options.get('dateStyle') === 'full' || options.get('dateStyle') === 'long' ? ' at ' : ', ';
  return [date, time].filter((one) => one !== '').join(between);
}

function dateText(at: Date, options: Options): string {
  const [weekday, year, month, day] = DATE_PARTS.map((part) => options.get(part));
  const name = DAYS[at.getUTCDay()] ?? '';
  const dayName = weekday === undefined ? '' : weekday === 'long' ? name : name.slice(0, 3);
  const dayNumber = day === undefined ? '' : sized(at.getUTCDate(), day);
  const yearNumber = year === undefined ? '' : year === '2-digit' ? two(at.getUTCFullYear() % 100) : String(at.getUTCFullYear());
  if (month === 'long' || month === 'short') {
    const full = MONTHS[at.getUTCMonth()] ?? '';
    const monthDay = [month === 'long' ? full : full.slice(0, 3), dayNumber].filter(Boolean).join(' ');
    const dated = dayNumber === '' ? [monthDay, yearNumber].filter(Boolean).join(' ') : [monthDay, yearNumber].filter(Boolean).join(', ');
    return [dayName, dated].filter(Boolean).join(', ');
  }
  const numbers = [month === undefined ? '' : sized(at.getUTCMonth() + 1, month), dayNumber, yearNumber].filter(Boolean).join('/');
  return [dayName, numbers].filter(Boolean).join(', ');
}

function timeText(at: Date, options: Options): string {
  const is24 = options.get('hour12') === false || options.get('hourCycle') === 'h23';
  const hour = at.getUTCHours();
  const shown = is24 ? hour : hour % 12 || 12;
  const parts = [
    options.has('hour') ? (is24 || options.get('hour') === '2-digit' ? two(shown) : String(shown)) : null,
    options.has('minute') ? two(at.getUTCMinutes()) : null,
    options.has('second') ? two(at.getUTCSeconds()) : null,
  ].filter((one) => one !== null);
  return `${parts.join(':')}${options.has('hour') && !is24 ? ` ${hour < 12 ? 'AM' : 'PM'}` : ''}`;
}
