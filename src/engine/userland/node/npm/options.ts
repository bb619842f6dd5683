/** The words after `npm`, its files of settings, its variables. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Sys } from '../../../kernel/sys.ts';
import { decode } from '../../encoding.ts';

export interface Options {
  readonly command: string;
  readonly words: readonly string[];
  /** After `--`. */
  readonly rest: readonly string[];
  readonly omitsDev: boolean;
  readonly isDev: boolean;
  readonly isGlobal: boolean;
  readonly isExact: boolean;
  readonly isSilent: boolean;
  readonly isYes: boolean;
  readonly saves: boolean;
  readonly locks: boolean;
  readonly audits: boolean;
  readonly funds: boolean;
  readonly ignoresScripts: boolean;
  readonly ifPresent: boolean;
  readonly asksVersion: boolean;
  readonly prefix: string | null;
  readonly registry: string;
  readonly settings: ReadonlyMap<string, string>;
}

const DEFAULT_REGISTRY = 'https://registry.npmjs.org/';

function settingsOf(sys: Sys): Map<string, string> {
  const settings = new Map<string, string>();
  const home = sys.env.get('HOME') ?? '/root';
  for (const path of [`${home}/.npmrc`, `${sys.path.cwd()}/.npmrc`])
    try {
      for (const line of decode(sys.path.readFile(path)).split('\n')) {
        const found = /^\s*([^#;=\s][^=]*?)\s*=\s*(.*?)\s*$/.exec(line);
        if (found?.[1] !== undefined)
          settings.set(
            found[1],
            (found[2] ?? '').replace(/\$\{(\w+)\}/g, (_, name: string) => sys.env.get(name) ?? ''),
          );
      }
    } catch (error) {
      if (!isErrno(error)) throw error;
    }
  for (const [name, value] of sys.env)
    if (/^npm_config_/i.test(name)) settings.set(name.slice(11).toLowerCase().replaceAll('_', '-'), value);
  return settings;
}

const WITH_VALUE = new Set([
  '--omit',
  '--include',
  '--registry',
  '--prefix',
  '--loglevel',
  '--cache',
  '--only',
  '-w',
  '--workspace',
  '--cache-min',
  '--tag',
  '--save-prefix',
  '--init-version',
]);
const SHORT: Readonly<Record<string, string>> = {
  '-D': '--save-dev',
  '-g': '--global',
  '-E': '--save-exact',
  '-S': '--save',
  '-P': '--save-prod',
  '-O': '--save-optional',
  '-y': '--yes',
  '-s': '--silent',
  '-C': '--prefix',
  '-v': '--version',
  '-f': '--force',
  '-h': '--help',
  '-l': '--long',
  '-a': '--all',
};

export function readOptions(sys: Sys, argv: readonly string[]): Options {
  const settings = settingsOf(sys);
  const flags = new Map<string, string>();
  const words: string[] = [];
  let rest: readonly string[] = [];
  for (let at = 0; at < argv.length; at += 1) {
    const word = argv[at] ?? '';
    if (word === '--') {
      rest = argv.slice(at + 1);
      break;
    }
    if (!word.startsWith('-')) {
      words.push(word);
      continue;
    }
    const full = SHORT[word] ?? word;
    const [name = full, value] = full.includes('=') ? [full.slice(0, full.indexOf('=')), full.slice(full.indexOf('=') + 1)] : [full];
    if (value === undefined && WITH_VALUE.has(name)) {
      at += 1;
      flags.set(name, argv[at] ?? '');
    } else flags.set(name, value ?? 'true');
  }
  const [command = '', ...others] = words;
  const on = (name: string): boolean => (flags.get(`--${name}`) ?? settings.get(name)) === 'true';
  const off = (name: string): boolean => flags.has(`--no-${name}`) || flags.get(`--${name}`) === 'false' || settings.get(name) === 'false';
  const omitted = flags.get('--omit') ?? settings.get('omit') ?? '';
  const isProduction =
    on('production') ||
    flags.get('--only') === 'prod' ||
    flags.get('--only') === 'production' ||
    (sys.env.get('NODE_ENV') === 'production' && flags.get('--include') !== 'dev');
  return {
    command,
    words: others,
    rest,
    omitsDev: omitted.includes('dev') || isProduction,
    isDev: on('save-dev'),
    isGlobal: on('global'),
    isExact: on('save-exact'),
    isSilent: on('silent') || flags.get('--loglevel') === 'silent' || settings.get('loglevel') === 'silent',
    isYes: on('yes'),
    saves: !off('save'),
    locks: !off('package-lock'),
    audits: !off('audit'),
    funds: !off('fund'),
    ignoresScripts: on('ignore-scripts'),
    ifPresent: on('if-present'),
    asksVersion: flags.has('--version'),
    prefix: flags.get('--prefix') ?? null,
    registry: flags.get('--registry') ?? settings.get('registry') ?? DEFAULT_REGISTRY,
    settings,
  };
}
