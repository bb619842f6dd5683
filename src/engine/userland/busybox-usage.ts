/** What busybox and its applets say of themselves when they are asked, or called wrongly. */
import { BUSYBOX_APPLET_NAMES } from './busybox-applets.ts';
import usages from './busybox-usages.json' with { type: 'json' };

const USAGES: Readonly<Record<string, string>> = usages;
const LINE_COLUMNS = 79;
const INDENT_COLUMNS = 8;

/** An applet's usage, below the banner. `brief` is the first line where nothing more is known of it. */
export function usageText(applet: string, banner: string, brief?: string): string {
  const text = Object.hasOwn(USAGES, applet) ? USAGES[applet] : brief;
  return `${banner}\n\n${text === undefined ? 'No help available' : `Usage: ${applet}${text}`}\n`;
}

/** What busybox prints that is called by its own name. */
export function aboutBusybox(banner: string): string {
  return `${banner}
BusyBox is copyrighted by many authors between 1998-2015.
Licensed under GPLv2. See source distribution for detailed
copyright notices.

Usage: busybox [function [arguments]...]
   or: busybox --list[-full]
   or: busybox --install [-s] [DIR]
   or: function [arguments]...

\tBusyBox is a multi-call binary that combines many common Unix
\tutilities into a single executable.  The shell in this build
\tis configured to run built-in utilities without $PATH search.
\tYou don't need to install a link to busybox for each utility.
\tTo run external program, use full path (/sbin/ip instead of ip).

Currently defined functions:
${wrapped(BUSYBOX_APPLET_NAMES)}
`;
}

/** Names with commas between, on lines that end before the edge of a terminal. */
function wrapped(names: readonly string[]): string {
  const lines: string[] = [];
  let line = '';
  names.forEach((name, at) => {
    const word = `${name}${at === names.length - 1 ? '' : ','}`;
    if (line !== '' && INDENT_COLUMNS + line.length + 1 + word.length > LINE_COLUMNS) {
      lines.push(line);
      line = '';
    }
    line += `${line === '' ? '' : ' '}${word}`;
  });
  return [...lines, line].map((text) => `\t${text}`).join('\n');
}
