import type { Shell } from '../shell.ts';

/** Takes the next option off the arguments (POSIX, getopts). */
export async function getopts(shell: Shell, argv: readonly string[]): Promise<number> {
  const [, spec, name, ...given] = argv;
  if (spec === undefined || name === undefined) {
    shell.fail(shell.dialect.name === 'dash' ? 'Usage: getopts optstring var [arg...]' : 'usage: getopts optstring var [arg]');
  }
  const args = argv.length > 3 ? given : shell.positional;
  const index = Math.max(1, Number(shell.variables.get('OPTIND') ?? '1') || 1);
  const word = args[index - 1];
  if (shell.getoptsOffset === 1 && (word === undefined || !/^-./.test(word))) return finish(shell, { name, index });
  if (word === '--' && shell.getoptsOffset === 1) return finish(shell, { name, index: index + 1 });
  return option(shell, { spec, name, args, index });
}

function finish(shell: Shell, { name, index }: { name: string; index: number }): number {
  shell.assign('OPTIND', String(index));
  shell.assign(name, '?');
  return 1;
}

interface Place {
  readonly spec: string;
  readonly name: string;
  readonly args: readonly string[];
  readonly index: number;
}

async function option(shell: Shell, { spec, name, args, index }: Place): Promise<number> {
  const word = args[index - 1] ?? '';
  const letter = word.charAt(shell.getoptsOffset);
  const isLast = shell.getoptsOffset + 1 >= word.length;
  const at = letter === ':' ? -1 : spec.indexOf(letter);
  const isQuiet = spec.startsWith(':');
  const advance = (by: number, offset: number): void => {
    shell.assign('OPTIND', String(index + by));
    shell.getoptsOffset = offset;
  };
  if (at < 0) {
    advance(isLast ? 1 : 0, isLast ? 1 : shell.getoptsOffset + 1);
    return refuse(shell, { name, letter, isQuiet, text: `Illegal option -${letter}`, answer: '?' });
  }
  shell.unset('OPTARG');
  if (spec.charAt(at + 1) !== ':') advance(isLast ? 1 : 0, isLast ? 1 : shell.getoptsOffset + 1);
  else {
    const value = isLast ? args[index] : word.slice(shell.getoptsOffset + 1);
    advance(isLast ? 2 : 1, 1);
    if (value === undefined)
      return refuse(shell, { name, letter, isQuiet, text: `No arg for -${letter} option`, answer: isQuiet ? ':' : '?' });
    shell.assign('OPTARG', value);
  }
  shell.assign(name, letter);
  return 0;
}

async function refuse(
  shell: Shell,
  what: { name: string; letter: string; isQuiet: boolean; text: string; answer: string },
): Promise<number> {
  if (what.isQuiet) shell.assign('OPTARG', what.letter);
  else {
    shell.unset('OPTARG');
    await shell.write(
      2,
      shell.dialect.own === undefined
        ? `${what.text}\n`
        : `${shell.name}: ${what.answer === ':' || what.text.startsWith('No') ? 'option requires an argument' : 'illegal option'} -- ${what.letter}\n`,
    );
  }
  shell.assign(what.name, what.answer);
  return 0;
}
