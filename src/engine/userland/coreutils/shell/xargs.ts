import { LineReader, rawOf, readAll, toText } from '../../program-io.ts';
import type { Tool, Utility } from '../../tool.ts';
import { start, waitFor } from '../execute.ts';

const SPEC = {
  short: '0n:L:l::I:i::P:rtpxs:E:e::a:d:', long: { null: '0', 'max-args': 'n:', 'max-lines': 'L:', replace: 'I:', 'max-procs': 'P:', 'no-run-if-empty': 'r', verbose: 't', interactive: 'p', exit: 'x', 'max-chars': 's:', 'arg-file': 'a:', delimiter: 'd:' },
  stopsAtOperand: true, usage: '[OPTIONS] [PROG ARGS]', package: '(GNU findutils) 4.9.0',
};
/** Longest command line, as 128 KiB of arguments. */
const MAX_CHARS = 131_072;

interface Batches { readonly command: readonly string[]; readonly parallel: number; readonly verbose: boolean }

export const xargs: Utility = async (tool) => {
  const options = await tool.options(SPEC);
  const command = options.operands.length === 0 ? ['echo'] : options.operands;
  const replace = options.has('I', 'i') ? (options.value('I') ?? (options.value('i') || '{}')) : undefined;
  const batches: Batches = { command, parallel: Number(options.value('P') ?? 1), verbose: options.has('t') };
  const running: Running = { pids: new Set(), status: 0 };
  const fd = options.has('a') ? await tool.sys.open(options.value('a') ?? '', { read: true }) : 0;
  if (replace !== undefined || options.has('L')) {
    const reader = new LineReader(tool.sys, fd, options.has('0') ? '\0' : '\n');
    for (let line = await reader.next(); line !== null; line = await reader.next()) {
      const item = toText(line).trim();
      if (item === '') continue;
      const argv = replace === undefined ? [...command, ...(await split(tool, item))] : command.map((part) => part.replaceAll(replace, item));
      if (!(await run(tool, argv, { batches, running }))) break;
    }
    return finish(tool, running);
  }
  const delimiter = options.has('0') ? '\0' : options.value('d')?.replace('\\n', '\n').replace('\\0', '\0').replace('\\t', '\t');
  const text = rawOf(await readAll(tool.sys, fd));
  const items = delimiter === undefined ? await split(tool, toText(text)) : text.split(delimiter).map(toText).filter((item, at, all) => item !== '' || at < all.length - 1);
  await runAll(tool, items, { batches, running, maxArgs: Number(options.value('n') ?? Number.POSITIVE_INFINITY), maxChars: Number(options.value('s') ?? MAX_CHARS), runsEmpty: !options.has('r') && !(tool.isBusybox && options.has('r')) });
  return finish(tool, running);
};

interface Running { readonly pids: Set<number>; status: number }
interface Limits { readonly batches: Batches; readonly running: Running; readonly maxArgs: number; readonly maxChars: number; readonly runsEmpty: boolean }

async function runAll(tool: Tool, items: readonly string[], { batches, running, maxArgs, maxChars, runsEmpty }: Limits): Promise<void> {
  if (items.length === 0) {
    if (runsEmpty) await run(tool, batches.command, { batches, running });
    return;
  }
  let batch: string[] = [];
  let chars = 0;
  for (const item of items) {
    if (batch.length > 0 && (batch.length >= maxArgs || chars + item.length + 1 > maxChars)) {
      if (!(await run(tool, [...batches.command, ...batch], { batches, running }))) return;
      batch = [];
      chars = 0;
    }
    batch.push(item);
    chars += item.length + 1;
  }
  await run(tool, [...batches.command, ...batch], { batches, running });
}

/** Words as the shell's quotes and backslashes make them. */
async function split(tool: Tool, text: string): Promise<string[]> {
  const words: string[] = [];
  let word: string | null = null;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (/\s/.test(char)) {
      if (word !== null) words.push(word);
      word = null;
    } else if (char === '\\') word = (word ?? '') + (text[++at] ?? '');
    else if (char === '"' || char === "'") {
      const end = text.indexOf(char, at + 1);
      if (end < 0) return tool.die(tool.isBusybox ? `unmatched ${char === '"' ? 'double' : 'single'} quote` : `unmatched ${char === '"' ? 'double' : 'single'} quote; by default quotes are special to xargs unless you use the -0 option`);
      word = (word ?? '') + text.slice(at + 1, end);
      at = end;
    } else word = (word ?? '') + char;
  }
  if (word !== null) words.push(word);
  return words;
}

/** False: stop, a command ended with 255 or could not be run. */
async function run(tool: Tool, argv: readonly string[], { batches, running }: { batches: Batches; running: Running }): Promise<boolean> {
  if (batches.verbose) await tool.sys.write(2, new TextEncoder().encode(`${argv.join(' ')}\n`));
  await tool.out.flush();
  const complain = (name: string, reason: string): string => (tool.isBusybox ? `${tool.name}: ${name}: ${reason}\n` : `${tool.name}: ${name}: ${reason}\n`);
  running.pids.add(start(tool.sys, argv, { complain }));
  while (running.pids.size >= Math.max(1, batches.parallel)) if (!(await reap(tool, running, argv[0] ?? ''))) return false;
  return true;
}

async function reap(tool: Tool, running: Running, name: string): Promise<boolean> {
  const [pid = 0] = running.pids;
  const exited = await waitFor(tool.sys, pid);
  running.pids.delete(pid);
  if (exited.status === 0) return true;
  if (exited.status === 126 || exited.status === 127) {
    running.status = exited.status;
    return false;
  }
  if (exited.signal !== undefined) {
    await tool.warn(`${name}: terminated by signal ${exited.signal}`);
    running.status = 125;
    return false;
  }
  if (exited.status === 255) {
    await tool.warn(`${tool.isBusybox ? `${name}: exited with status 255; aborting` : `${name}: exited with status 255; aborting`}`);
    running.status = 124;
    return false;
  }
  running.status = 123;
  return true;
}

async function finish(tool: Tool, running: Running): Promise<number> {
  while (running.pids.size > 0) await reap(tool, running, '');
  return running.status;
}
