/** tree: folders and what is in them, drawn with lines. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Program, Sys } from '../../../kernel/sys.ts';
import { leave, print } from '../../net/text.ts';
import { OptionError, type Options, parseOptions } from '../../options.ts';

interface Walk {
  readonly sys: Sys;
  readonly options: Options;
  readonly lines: string[];
  directories: number;
  files: number;
}

function visit(walk: Walk, path: string, prefix: string, depth: number): void {
  const { sys, options } = walk;
  if (depth > Number(options.value('L') ?? Number.POSITIVE_INFINITY)) return;
  const entries = sys.path
    .readdir(path)
    .filter(({ name }) => name !== '.' && name !== '..' && (options.has('a') || !name.startsWith('.')))
    .filter(({ type }) => !options.has('d') || type === 'directory')
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const [i, { name, type }] of entries.entries()) {
    const isLast = i === entries.length - 1;
    const whole = `${path === '/' ? '' : path}/${name}`;
    const shown = `${options.has('f') ? whole : name}${type === 'symlink' ? ` -> ${sys.path.readlink(whole)}` : ''}`;
    walk.lines.push(`${options.has('i') ? '' : `${prefix}${isLast ? '└── ' : '├── '}`}${shown}`);
    if (type !== 'directory') walk.files += 1;
    else {
      walk.directories += 1;
      visit(walk, whole, `${prefix}${isLast ? '    ' : '│   '}`, depth + 1);
    }
  }
}

export const treeProgram: Program = async (sys) => {
  let options: Options;
  try {
    options = parseOptions(sys.argv.slice(1), {
      short: 'adfiL:nC',
      long: { noreport: '--noreport', dirsfirst: '--dirsfirst', version: '--version' },
    });
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    return leave(sys, `tree: ${error.message}\n`);
  }
  if (options.has('--version'))
    return print(sys, 'tree v2.2.1 © 1996 - 2024 by Steve Baker, Thomas Moore, Francesc Rocher, Florian Sesser, Kyosuke Tokoro\n').then(
      () => 0,
    );
  const walk: Walk = { sys, options, lines: [], directories: 0, files: 0 };
  let status = 0;
  for (const path of options.operands.length === 0 ? ['.'] : options.operands) {
    try {
      walk.lines.push(path);
      if (sys.path.stat(path).type === 'directory') visit(walk, path, '', 1);
    } catch (error) {
      if (!isErrno(error)) throw error;
      walk.lines[walk.lines.length - 1] = `${path}  [error opening dir]`;
      status = 2;
    }
  }
  const count = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`;
  const report = options.has('--noreport')
    ? ''
    : `\n${count(walk.directories, 'directory', 'directories')}${options.has('d') ? '' : `, ${count(walk.files, 'file', 'files')}`}\n`;
  await print(sys, `${walk.lines.join('\n')}\n${report}`);
  return status;
};
