import type { Builtin } from '../../builtins/index.ts';
import { VERSION } from '../special.ts';
import { USAGES } from './usage.ts';

type Run = Builtin['run'];

export const help: Run = async (shell, argv) => {
  const topics = argv.slice(1).filter((word) => !word.startsWith('-'));
  const names = shell.dialect.own?.builtinNames ?? [];
  if (topics.length === 0) {
    const lines = names.map((name) => ` ${USAGES[name] ?? name}`);
    await shell.write(
      1,
      `GNU bash, version ${VERSION} (${shell.sys.uname.machine}-pc-linux-gnu)\nThese shell commands are defined internally.  Type \`help' to see this list.\nType \`help name' to find out more about the function \`name'.\n\n${lines.join('\n')}\n`,
    );
    return 0;
  }
  let status = 1;
  for (const topic of topics) {
    if (!names.includes(topic)) continue;
    status = 0;
    await shell.write(1, `${topic}: ${USAGES[topic] ?? topic}\n`);
  }
  if (status !== 0) {
    await shell.complain(
      `no help topics match \`${topics.at(-1)}'.  Try \`help help' or \`man -k ${topics.at(-1)}' or \`info ${topics.at(-1)}'.`,
    );
  }
  return status;
};

/** What an editor of bash's own would do with its keys and words; ours has no bindings to change. */
export const accept: Run = () => 0;
