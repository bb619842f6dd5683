/** Files of Python's packages: pip as a distribution installs it, and what keeps pip from the distribution's own packages (PEP 668). */
import { pipCommand, pipInstalled } from '../pypi/pip.ts';
import type { PackageFile } from './recipe.ts';

/** `pip:FOLDER`: pip in a folder of packages, and its commands. */
export function pipFiles(folder: string, { version, installer }: { readonly version: string; readonly installer: string }): PackageFile[] {
  const files = Object.entries(pipInstalled({ version, installer })).map(([path, text]) => ({ path: `${folder}/${path}`, text }));
  const commands = ['usr/bin/pip', 'usr/bin/pip3'].map((path) => ({ path, text: pipCommand('/usr/bin/python3') }));
  return [...commands, ...files];
}

const managed = (...lines: readonly string[]): string => `[externally-managed]\nError=${lines.join('\n ').replaceAll('\n \n', '\n\n')}\n`;

const DEBIAN_SAYS = (short: string): string =>
  managed(
    'Packages for this Python come from apt: look for',
    'python3-NAME, and run apt install python3-NAME.',
    '',
    'For what Debian does not package, make a virtual environment:',
    'python3 -m venv DIR, then DIR/bin/python and DIR/bin/pip.',
    `The package python${short}-venv has what that needs.`,
    '',
    'For a program of its own, pipx install NAME does both.',
    '',
    `See /usr/share/doc/python${short}/README.venv for more.`,
  );
const ALPINE_SAYS = managed(
  'Packages for this Python come from apk: look for py3-NAME,',
  'and run apk add py3-NAME.',
  '',
  'For what Alpine does not package, make a virtual environment:',
  'python3 -m venv DIR, then DIR/bin/python and DIR/bin/pip.',
);

/** The pip that Debian's environments begin with. */
const BUNDLED: Readonly<Record<string, string>> = { '3.11': '23.0.1', '3.12': '24.0', '3.13': '25.1.1' };

/** The text of a small file of Python's, or nothing. */
export function pythonText(name: string, path: string): string | undefined {
  const short = /python(3\.\d+)\//.exec(path)?.[1] ?? '';
  if (path.endsWith('/EXTERNALLY-MANAGED')) return name === 'python3' ? ALPINE_SAYS : DEBIAN_SAYS(short);
  return path.endsWith('/ensurepip/__init__.py') ? `_PIP_VERSION = '${BUNDLED[short] ?? ''}'\n` : undefined;
}
