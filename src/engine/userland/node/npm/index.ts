/** The program `npm`, and `npx` and `corepack` beside it: a client of the registry of JavaScript packages. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Program, Sys } from '../../../kernel/sys.ts';
import { encode } from '../../program-io.ts';
import { describe, fund, initialize, list, outdated, view } from './ask.ts';
import { audit } from './audit.ts';
import { Client } from './client.ts';
import { errorText, NpmError } from './errors.ts';
import { type Context, cleanInstall, install, uninstall } from './install.ts';
import { type Options, readOptions } from './options.ts';
import { makeFolders, type PackageJson, projectOf } from './project.ts';
import { runLine } from './scripts.ts';
import { settings } from './settings.ts';
import { npmVersion } from './versions.ts';

const SIGNAL_STATUS: Readonly<Record<string, number>> = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143, SIGKILL: 137 };

async function write(sys: Sys, fd: 1 | 2, text: string): Promise<void> {
  await sys.write(fd, encode(text));
}

function contextOf(sys: Sys, options: Options): Context {
  const cwd = sys.path.cwd();
  const root = options.prefix === null ? rootOf(sys, cwd) : options.prefix.startsWith('/') ? options.prefix : `${cwd}/${options.prefix}`;
  const context: Context = {
    sys,
    options,
    root: root === '/' ? '' : root.replace(/\/$/, ''),
    client: new Client(sys, options.registry),
    say: (text) => write(sys, 1, text),
    script: (name, project) => script(context, name, project),
  };
  return context;
}

/** The nearest folder with a package.json or node_modules. */
function rootOf(sys: Sys, cwd: string): string {
  for (let at = cwd; at !== '' && at !== '/'; at = at.slice(0, at.lastIndexOf('/')))
    if (sys.path.access(`${at}/package.json`, {}) || sys.path.access(`${at}/node_modules`, {})) return at;
  return cwd;
}

async function script(context: Context, name: string, project: PackageJson, more: readonly string[] = []): Promise<number> {
  const { sys, options, root } = context;
  const line = [project.scripts?.[name] ?? '', ...more.map((word) => `'${word.replaceAll("'", "'\\''")}'`)].join(' ').trim();
  const title = project.name === undefined ? '' : `${project.name}${project.version === undefined ? '' : `@${project.version}`} `;
  if (!options.isSilent) await context.say(`\n> ${title}${name}\n> ${line}\n\n`);
  const { status, signal } = await runLine(sys, line, { root: root === '' ? '/' : root, event: name, project });
  if (status === 0 && signal === null) return 0;
  const code = signal === null ? status : (SIGNAL_STATUS[signal] ?? 1);
  if (options.isSilent) return code;
  const facts = [
    `path ${root === '' ? '/' : root}`,
    'command failed',
    ...(signal === null ? [] : [`signal ${signal}`]),
    `command sh -c ${line}`,
  ];
  // npm 10 and later say only of a signal which it was, and leave an exit status to the script's own words.
  if (signal !== null || name === 'postinstall' || name === 'install')
    await write(sys, 2, facts.map((fact) => `npm error ${fact}\n`).join(''));
  return code;
}

async function run(context: Context, name: string, words: readonly string[]): Promise<number> {
  const { sys, root, options } = context;
  const project = projectOf(sys, root);
  const scripts = project.scripts ?? {};
  const known =
    scripts[name] !== undefined
      ? project
      : name === 'start' && sys.path.access(`${root}/server.js`, {})
        ? { ...project, scripts: { ...scripts, start: 'node server.js' } }
        : null;
  if (known === null) {
    if (options.ifPresent) return 0;
    const hint = ['', 'To see a list of scripts, run:', '  npm run'];
    throw new NpmError('', [`Missing script: "${name}"`, ...hint]);
  }
  for (const part of [`pre${name}`, name, `post${name}`]) {
    if (known.scripts?.[part] === undefined) continue;
    const status = await script(context, part, known, part === name ? words : []);
    if (status !== 0) return status;
  }
  return 0;
}

async function runOrList(context: Context): Promise<number> {
  const { options, sys, root } = context;
  const [name, ...words] = options.words;
  if (name !== undefined) return run(context, name, [...words, ...options.rest]);
  const project = projectOf(sys, root);
  await context.say(describe(project));
  return 0;
}

/** `npx`, `npm exec`: a program of a package, which is fetched if it is not there. */
async function exec(context: Context, words: readonly string[]): Promise<number> {
  const { sys, root } = context;
  const [spec = '', ...args] = words;
  if (spec === '') throw new NpmError('', ['npx: a command is needed']);
  const name = spec.replace(/(?<=.)@.*$/, '').replace(/^@[^/]+\//, '');
  const line = (folder: string): string =>
    [`${folder}/node_modules/.bin/${name}`, ...args].map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
  const options = { root: root === '' ? '/' : root, event: 'npx', project: {} };
  const status = async (folder: string): Promise<number> => {
    const ran = await runLine(sys, line(folder), options);
    return ran.signal === null ? ran.status : (SIGNAL_STATUS[ran.signal] ?? 1);
  };
  if (sys.path.access(`${root}/node_modules/.bin/${name}`, {})) return status(root);
  const cache = `${sys.env.get('HOME') ?? '/root'}/.npm/_npx/${name}`;
  const own: Context = {
    ...context,
    root: cache,
    say: async () => undefined,
    options: { ...context.options, words: [spec], isGlobal: false },
  };
  makeFolders(sys, cache);
  await install(own);
  if (!sys.path.access(`${cache}/node_modules/.bin/${name}`, {})) throw new NpmError('', ['could not determine executable to run']);
  return status(cache);
}

const ALIASES: Readonly<Record<string, string>> = {
  i: 'install',
  add: 'install',
  in: 'install',
  isntall: 'install',
  'clean-install': 'ci',
  ic: 'ci',
  rm: 'uninstall',
  remove: 'uninstall',
  un: 'uninstall',
  r: 'uninstall',
  unlink: 'uninstall',
  'run-script': 'run',
  rum: 'run',
  t: 'test',
  tst: 'test',
  list: 'ls',
  la: 'ls',
  ll: 'ls',
  info: 'view',
  show: 'view',
  v: 'view',
  x: 'exec',
  innit: 'init',
  create: 'init',
  c: 'config',
};

async function perform(context: Context): Promise<number> {
  const { options, sys } = context;
  const command = ALIASES[options.command] ?? options.command;
  switch (command) {
    case 'install':
    case 'update':
      return install(command === 'update' ? { ...context, options: { ...options, words: [] } } : context);
    case 'ci':
      return cleanInstall(context);
    case 'uninstall':
      return uninstall(context);
    case 'run':
      return runOrList(context);
    case 'start':
    case 'test':
    case 'stop':
    case 'restart':
      return run(context, command, [...options.words, ...options.rest]);
    case 'exec':
      return exec(context, [...options.words, ...options.rest]);
    case 'init':
      return initialize(context);
    case 'ls':
      return list(context);
    case 'view':
      return view(context);
    case 'outdated':
      return outdated(context);
    case 'config':
    case 'get':
    case 'set':
      return settings(context);
    case 'cache':
      if (options.words[0] === 'clean')
        await write(sys, 2, options.words.length > 0 ? 'npm warn using --force Recommended protections disabled.\n' : '');
      return 0;
    case 'audit':
      return audit(context);
    case 'fund':
      return fund(context);
    case 'root':
      await context.say(`${options.isGlobal ? '/usr/local/lib' : context.root}/node_modules\n`);
      return 0;
    case 'prefix':
      await context.say(`${options.isGlobal ? '/usr/local' : context.root}\n`);
      return 0;
    default:
      throw new NpmError('', [
        `Unknown command: "${options.command}"`,
        '',
        '',
        'To see a list of supported npm commands, run:',
        '  npm help',
      ]);
  }
}

async function main(sys: Sys, argv: readonly string[]): Promise<number> {
  const options = readOptions(sys, argv);
  if (options.asksVersion) {
    await write(sys, 1, `${npmVersion(sys)}\n`);
    return 0;
  }
  if (options.command === '' || options.command === 'help') {
    await write(
      sys,
      1,
      "npm <command>\n\nUsage:\n\nnpm install        install all the dependencies in your project\nnpm install <foo>  add the <foo> dependency to your project\nnpm test           run this project's tests\nnpm run <foo>      run the script named <foo>\nnpm <command> -h   quick help on <command>\n",
    );
    return options.command === '' ? 1 : 0;
  }
  const at = new Date(Number(sys.clock.nowNs() / 1_000_000n)).toISOString().replaceAll(':', '_').replace('.', '_');
  const log = `${sys.env.get('HOME') ?? '/root'}/.npm/_logs/${at}-debug-0.log`;
  try {
    return await perform(contextOf(sys, options));
  } catch (error) {
    if (error instanceof NpmError) {
      if (!options.isSilent) await write(sys, 2, errorText(error, log));
      return error.status;
    }
    if (!isErrno(error)) throw error;
    await write(sys, 2, errorText(new NpmError(error.code, [`${error.message}`], [`errno -${error.number}`]), log));
    return error.number > 0 ? 243 : 1;
  }
}

export const npm: Program = (sys) => main(sys, sys.argv.slice(1));
export const npx: Program = (sys) =>
  main(
    sys,
    sys.argv[1] === '--version' || sys.argv[1] === '-v'
      ? ['--version']
      : ['exec', '--', ...sys.argv.slice(1).filter((word) => word !== '-y' && word !== '--yes')],
  );
