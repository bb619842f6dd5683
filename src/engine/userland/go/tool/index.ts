/** The `go` command: it compiles, and what it writes runs. */
import type { Program, Sys } from '../../../kernel/sys.ts';
import { leave, print } from '../../net/text.ts';
import { build, install } from './build.ts';
import { architecture, env, release } from './environment.ts';
import { ToolError } from './module.ts';
import { get, list, mod } from './modules.ts';
import { runProgram, test, vet } from './run.ts';

type Verb = (sys: Sys, words: readonly string[]) => Promise<number>;

const version: Verb = async (sys) => {
  await print(sys, `go version ${release(sys)} linux/${architecture(sys)}\n`);
  return 0;
};
const done: Verb = async () => 0;

const VERBS: Readonly<Record<string, Verb>> = {
  build,
  clean: done,
  env,
  generate: done,
  get,
  install,
  list,
  mod,
  run: runProgram,
  test,
  version,
  vet,
};
const ABSENT = ['bug', 'doc', 'fix', 'fmt', 'telemetry', 'tool', 'work'];
const USAGE = `Go is a tool for managing Go source code.\n\nUsage:\n\n\tgo <command> [arguments]\n\nOf its commands this model has:\n\n${Object.keys(
  VERBS,
)
  .map((name) => `\t${name}\n`)
  .join('')}`;

export const go: Program = async (sys) => {
  const [, verb, ...words] = sys.argv;
  if (verb === undefined) return leave(sys, USAGE, 2);
  if (verb === 'help') return print(sys, USAGE).then(() => 0);
  const run = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
  if (run === undefined)
    return ABSENT.includes(verb)
      ? leave(sys, `go: ${verb}: this model does not have it\n`)
      : leave(sys, `go ${verb}: unknown command\nRun 'go help' for usage.\n`, 2);
  try {
    return await run(sys, words);
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    return leave(sys, error.message, error.status);
  }
};
