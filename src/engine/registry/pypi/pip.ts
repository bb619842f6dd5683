/** `pip` itself, as it lies in a folder of packages: what it does is in the interpreter, these files lead there. */

/** The modules: `python -m pip`, and what its commands call. */
const MODULES: Readonly<Record<string, string>> = {
  'pip/__main__.py': 'from _pip import main\nmain()\n',
  'pip/_internal/__init__.py': '',
  'pip/_internal/cli/__init__.py': '',
  'pip/_internal/cli/main.py': 'from _pip import main\n',
};
export const pipModules = (version: string): Readonly<Record<string, string>> => ({
  'pip/__init__.py': `__version__ = '${version}'\n`,
  ...MODULES,
});

/** A command of pip, for an interpreter. */
export const pipCommand = (interpreter: string): string =>
  `#!${interpreter}\nimport sys\nfrom pip._internal.cli.main import main\nif __name__ == '__main__':\n    sys.exit(main())\n`;

export interface PipOptions {
  readonly version: string;
  /** Who put it there; what a distribution installed, pip does not know how to take away. */
  readonly installer: string;
  /** Commands that lie two folders above `lib`, as RECORD names them; none if it is not to be there. */
  readonly recorded?: readonly string[];
}

/** All files of an installed pip, by their paths below the folder of packages. */
export function pipInstalled({ version, installer, recorded }: PipOptions): Readonly<Record<string, string>> {
  const info = `pip-${version}.dist-info`;
  const files = {
    ...pipModules(version),
    [`${info}/METADATA`]: `Metadata-Version: 2.1\nName: pip\nVersion: ${version}\nSummary: The PyPA recommended tool for installing Python packages.\nHome-page: https://pip.pypa.io/\nLicense: MIT\n\n`,
    [`${info}/INSTALLER`]: `${installer}\n`,
  };
  if (recorded === undefined) return files;
  const names = [...recorded.map((name) => `../../../bin/${name}`), ...Object.keys(files), `${info}/RECORD`];
  return { ...files, [`${info}/RECORD`]: names.map((name) => `${name},,\n`).join('') };
}
