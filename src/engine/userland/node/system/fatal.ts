/** What is printed when nobody caught an error. */

import { encode } from '../../encoding.ts';
import { DEFAULTS, inspect } from '../library/inspect.ts';
import { drive, start } from '../runtime/steps.ts';
import { additions, positionOf, readStack, writeStack } from '../runtime/traces.ts';
import { isObject, Thrown, type Value } from '../runtime/values.ts';
import type { Host } from './host.ts';
import { getErrorPlace } from './places.ts';

/** The place, the line, and a mark under where it happened. */
function excerpt({ file, line, column, source }: { file: string; line: number; column: number; source: string }, width = 1): string {
  const lead = source.slice(0, column - 1).replace(/[^\t]/g, ' ');
  return `${file}:${line}\n${source}\n${lead}${'^'.repeat(Math.max(0, width))}\n`;
}

async function put(host: Host, fd: 1 | 2, text: string): Promise<void> {
  try {
    await host.sys.write(fd, encode(text));
  } catch {
    // Nobody is there to read it.
  }
}

export const say = (host: Host, text: string): Promise<void> => put(host, 2, text);
export const sayOut = (host: Host, text: string): Promise<void> => put(host, 1, text);

/** Prints an error as node does before it ends. `isLate`: it was the reason of a promise. */
export async function printFatal(host: Host, error: unknown, isLate = false): Promise<void> {
  if (!(error instanceof Thrown)) throw error;
  const { value } = error;
  const place = getErrorPlace(error, isLate);
  const addition = isObject(value) ? additions.get(value) : undefined;
  if (addition !== undefined && isObject(value)) {
    const stack = await drive(host.realm, () => readStack(value));
    if (typeof stack === 'string') writeStack(value, stack + addition);
  }
  const shown = await drive(host.realm, () => start(inspect(value, { ...DEFAULTS, colors: host.hasColours(2) })));
  const isThing = isObject(value);
  const head = place === null ? (isThing ? '' : 'Uncaught:\n') : excerpt(place, place.width);
  if (isThing) return say(host, `${head}${place === null || place.isTight ? '' : '\n'}${shown}\n\nNode.js ${host.version}\n`);
  const text = typeof value === 'string' ? value : shown;
  return say(
    host,
    `\n${head}${text}\n(Use \`node --trace-uncaught ...\` to show where the exception was thrown)\n\nNode.js ${host.version}\n`,
  );
}

/** The reason of a promise that is no error. */
export async function printRejection(host: Host, value: Value): Promise<void> {
  const text = await drive(host.realm, () => start(inspect(value)));
  await say(
    host,
    `node:internal/process/promises:392\n      new UnhandledPromiseRejection(reason);\n      ^\n\nUnhandledPromiseRejection: This error originated either by throwing inside of an async function without a catch block, or by rejecting a promise which was not handled with .catch(). The promise rejected with the reason "${isObject(value) ? text.replace(/^\{.*$/s, '#<Object>') : typeof value === 'string' ? value : text}".\n    at throwUnhandledRejectionsMode (node:internal/process/promises:392:7)\n    at processPromiseRejections (node:internal/process/promises:475:17)\n    at process.processTicksAndRejections (node:internal/process/task_queues:106:37) {\n  code: 'ERR_UNHANDLED_REJECTION'\n}\n\nNode.js ${host.version}\n`,
  );
}

export { excerpt, positionOf };
