/**
 * The program `node`: Node.js, as far as first servers and scripts need it. `syntax` is acorn's; `compile` turns a script into functions over
 * a frame, `runtime` is what they run on, `builtins` the language's own objects, `system` the process and its event loop, `modules` finds and
 * links files, `library` is what node brings.
 */

import { isErrno } from '../../kernel/errno.ts';
import type { Program } from '../../kernel/sys.ts';
import { decode, encode } from '../encoding.ts';
import { readAll, releaseOf } from '../program-io.ts';
import { readFlags } from './system/flags.ts';
import { runNode } from './system/start.ts';

const DEFAULT_VERSION = '24.12.0';

export const node: Program = async (sys) => {
  const version = `v${releaseOf(sys, 'NODE_VERSION', DEFAULT_VERSION)}`;
  const flags = readFlags(sys.argv.slice(1), sys.env.get('NODE_OPTIONS'));
  const say = async (fd: 1 | 2, text: string, status: number): Promise<number> => {
    await sys.write(fd, encode(text));
    return status;
  };
  if (flags.problem !== null) return say(2, `${sys.argv[0] ?? 'node'}: ${flags.problem}\n`, 9);
  if (flags.ask === 'version') return say(1, `${version}\n`, 0);
  if (flags.ask === 'help') return say(1, (await sys.stall(() => import('./system/help.ts'))).HELP, 0);
  for (const path of flags.envFiles)
    try {
      readEnvironment(decode(sys.path.readFile(path)), sys.env);
    } catch (error) {
      if (!isErrno(error)) throw error;
      return say(2, `${sys.argv[0] ?? 'node'}: ${path}: not found\n`, 9);
    }
  if (flags.script === null && flags.evaluate === null && !flags.test) {
    if (sys.fds.isatty(0) || flags.interactive) {
      const { repl } = await sys.stall(() => import('./system/repl.ts'));
      return repl(sys, { flags, version });
    }
    return runNode(sys, { flags, version, source: { kind: 'stdin', text: decode(await readAll(sys, 0)) } });
  }
  if (flags.script === '-') return runNode(sys, { flags, version, source: { kind: 'stdin', text: decode(await readAll(sys, 0)) } });
  if (flags.evaluate !== null) return runNode(sys, { flags, version, source: { kind: 'eval', text: flags.evaluate } });
  if (flags.test) return say(2, 'node: this model has no test runner (--test)\n', 1);
  if (flags.watch) return (await sys.stall(() => import('./system/watch.ts'))).watch(sys, flags);
  return runNode(sys, { flags, version, source: { kind: 'file', path: flags.script ?? '' } });
};

/** Lines of `--env-file`: what is set already stays. */
export function readEnvironment(text: string, env: Map<string, string>): void {
  for (const line of text.split('\n')) {
    const found = /^\s*(?:export\s+)?([\w.-]+)\s*=\s*(?:'([^']*)'|"([^"]*)"|`([^`]*)`|([^#]*?))\s*(?:#.*)?$/.exec(line);
    const name = found?.[1];
    if (name === undefined || env.has(name)) continue;
    env.set(name, found?.[2] ?? found?.[3]?.replaceAll('\\n', '\n') ?? found?.[4] ?? found?.[5] ?? '');
  }
}
