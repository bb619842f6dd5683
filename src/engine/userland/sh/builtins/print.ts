import { resolveEscapes as unescapeText } from '../../coreutils/escapes.ts';
import { echo as echoUtility } from '../../coreutils/shell/echo.ts';
import { dashPrintf, printf as printfUtility } from '../../coreutils/shell/printf.ts';
import { bytesOf, toRaw } from '../../program-io.ts';
import { programOf, type Utility } from '../../tool.ts';
import type { Shell } from '../shell.ts';

/** Of a failed write it is the shell that speaks. */
const ownEcho: Utility = (tool) => {
  tool.copiesStreams = true;
  return echoUtility(tool);
};

/** dash's echo knows `-n` and always reads backslashes; ash's and bash's is the utility. */
export async function echo(shell: Shell, argv: readonly string[]): Promise<number> {
  const args = argv.slice(1);
  if (shell.dialect.echoHasOptions) return programOf(ownEcho, 'busybox', { name: shell.name, args })(shell.sys);
  const isOpen = args[0] === '-n';
  const { raw, stop } = unescapeText(toRaw(args.slice(isOpen ? 1 : 0).join(' ')), { zeroOctal: true });
  const text = isOpen || stop ? raw : `${raw}\n`;
  if (text !== '') await shell.sys.write(1, bytesOf(text));
  return 0;
}

export async function printf(shell: Shell, argv: readonly string[]): Promise<number> {
  const isDash = shell.dialect.name === 'dash';
  if (argv.length < 2) {
    await (isDash
      ? shell.complain('usage: printf format [arg ...]')
      : shell.write(2, `${shell.name}: usage: printf FORMAT [ARGUMENT...]\n`));
    return 2;
  }
  const name = isDash ? shell.told('').replace(/: $/, '') : shell.name;
  return programOf(isDash ? dashPrintf : printfUtility, isDash ? 'gnu' : 'busybox', { name, args: argv.slice(1) })(shell.sys);
}
