/** `go run`, `go vet`, `go test`: programs that are built to be run at once. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Exited, Sys } from '../../../kernel/sys.ts';
import { print } from '../../net/text.ts';
import { say } from '../../program-io.ts';
import { parseFile } from '../syntax/parse-file.ts';
import { bytesOfObject, compile, openSession, parseFlags, type Session, write } from './build.ts';
import type { Loaded } from './load.ts';
import { ToolError } from './module.ts';

/** Names of a signal's end, as the go command prints them. */
const SIGNALS: Readonly<Record<string, string>> = {
  SIGINT: 'interrupt',
  SIGTERM: 'terminated',
  SIGKILL: 'killed',
  SIGHUP: 'hangup',
  SIGQUIT: 'quit',
};

/** A directory for what is built on the way. */
function workDirectory(sys: Sys): string {
  const number = sys.random.bytes(4).reduce((sum, byte) => sum * 256 + byte, 0);
  return `${sys.env.get('TMPDIR') || '/tmp'}/go-build${number}/b001/exe`;
}

function removeAll(sys: Sys, path: string): void {
  for (const { name } of sys.path.readdir(path))
    if (name !== '.' && name !== '..') {
      const inside = `${path}/${name}`;
      if (sys.path.lstat(inside).type === 'directory') removeAll(sys, inside);
      else sys.path.unlink(inside);
    }
  sys.path.rmdir(path);
}

/** Runs a file with arguments and waits for its end. */
async function execute(
  sys: Sys,
  path: string,
  { argv, directory }: { readonly argv: readonly string[]; readonly directory?: string },
): Promise<Exited | null> {
  const pid = sys.fork(async (child) => {
    try {
      if (directory !== undefined) child.path.chdir(directory);
      return await child.exec(path, argv, child.env);
    } catch (error) {
      if (!isErrno(error)) throw error;
      await say(child, 2, `fork/exec ${path}: ${error.message.toLowerCase()}\n`);
      return 1;
    }
  });
  for (;;) {
    try {
      return await sys.wait(pid);
    } catch (error) {
      if (!isErrno(error, 'EINTR')) throw error;
    }
  }
}

export async function runProgram(sys: Sys, words: readonly string[]): Promise<number> {
  const flags = parseFlags('run', words);
  const last = flags.rest.findLastIndex(
    (one, index) => one.endsWith('.go') && flags.rest.slice(0, index).every((before) => before.endsWith('.go')),
  );
  const count = last >= 0 ? last + 1 : 1;
  const [patterns, args] = [flags.rest.slice(0, count), flags.rest.slice(count)];
  if (patterns.length === 0) throw new ToolError('go: no go files listed\n');
  const session = openSession(sys, flags);
  const found = session.loader.find(patterns);
  const [loaded] = found;
  if (loaded === undefined || found.length > 1) throw new ToolError(`go: pattern ${patterns.join(' ')} matches multiple packages\n`);
  const object = await compile(session, loaded);
  if (loaded.name !== 'main') throw new ToolError(`package ${loaded.path} is not a main package\n`);
  const name =
    loaded.path === 'command-line-arguments'
      ? (loaded.files[0]?.file.name.replace(/^.*\//, '').replace(/\.go$/, '') ?? 'main')
      : (loaded.path.split('/').at(-1) ?? 'main');
  const directory = workDirectory(sys);
  write(sys, `${directory}/${name}`, bytesOfObject(session, object));
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) sys.on(signal, () => {});
  const ended = await execute(sys, `${directory}/${name}`, { argv: [`${directory}/${name}`, ...args] });
  removeAll(sys, directory.replace(/\/b001\/exe$/, ''));
  if (ended?.signal) await say(sys, 2, `signal: ${SIGNALS[ended.signal] ?? ended.signal.toLowerCase()}\n`);
  else if (ended?.status) await say(sys, 2, `exit status ${ended.status}\n`);
  return ended?.signal || ended?.status ? 1 : 0;
}

export async function vet(sys: Sys, words: readonly string[]): Promise<number> {
  const session = openSession(sys, parseFlags('vet', words));
  let status = 0;
  for (const loaded of session.loader.find(session.flags.rest)) {
    if (loaded.files.length === 0) continue;
    try {
      await compile(session, loaded);
    } catch (error) {
      if (!(error instanceof ToolError) || !error.message.startsWith('# ')) throw error;
      status = 1;
      const [head = '', first = ''] = error.message.split('\n');
      if (!first.includes('function main is undeclared')) await say(sys, 2, `${head}\nvet: ${first}\n`);
      else status = 0;
    }
  }
  return status;
}

/** The tests of a package, as a program of its own. */
function testProgram(loaded: Loaded, { verbose, pattern }: { readonly verbose: boolean; readonly pattern: RegExp | null }): Loaded {
  const own = loaded.tests.filter(({ file }) => file.package === loaded.name);
  const beside = loaded.tests.filter(({ file }) => file.package !== loaded.name);
  const names = (files: typeof own): readonly string[] =>
    files.flatMap(({ file }) =>
      file.declarations.flatMap((one) =>
        one.kind === 'func' &&
        one.receiver === null &&
        /^Test(?![a-z])/.test(one.name) &&
        one.name !== 'TestMain' &&
        (pattern?.test(one.name) ?? true)
          ? [one.name]
          : [],
      ),
    );
  const entries = [...names(own).map((name) => `{"${name}", own.${name}}`), ...names(beside).map((name) => `{"${name}", beside.${name}}`)];
  const imports = [
    ...(names(own).length > 0 ? [`own "${loaded.path}"`] : []),
    ...(names(beside).length > 0 ? [`beside "${loaded.path}_test"`] : []),
  ];
  const source = `package main\n\nimport (\n\t"os"\n\t"testing"\n${imports.map((line) => `\t${line}\n`).join('')})\n\nfunc main() {\n\tos.Exit(testing.Main(${verbose}, []testing.InternalTest{${entries.join(', ')}}))\n}\n`;
  return {
    path: `${loaded.path}.test`,
    directory: loaded.directory,
    name: 'main',
    files: [{ file: parseFile('_testmain.go', source), source }],
    tests: [],
  };
}

interface Outcome {
  readonly failed: boolean;
}

async function testOne(
  session: Session,
  loaded: Loaded,
  options: { readonly verbose: boolean; readonly pattern: RegExp | null; readonly several: boolean },
): Promise<Outcome> {
  const { sys, loader } = session;
  if (loaded.tests.length === 0) {
    await print(sys, `?   \t${loaded.path}\t[no test files]\n`);
    return { failed: false };
  }
  const main = testProgram(loaded, options);
  const directory = workDirectory(sys);
  const file = `${directory}/${loaded.path.split('/').at(-1)}.test`;
  try {
    const object = await compile({ ...session, loader: loader.withTests(loaded) }, main);
    write(sys, file, bytesOfObject(session, object));
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    await say(
      sys,
      2,
      error.message.replace(/^# \S+$/m, (head) => `${head} [${loaded.path}.test]`),
    );
    await print(sys, `FAIL\t${loaded.path} [${error.message.startsWith('# ') ? 'build' : 'setup'} failed]\n`);
    return { failed: true };
  }
  const startedNs = sys.clock.monotonicNs();
  const ended = await execute(sys, file, { argv: [file], directory: loaded.directory });
  const seconds = (Number(sys.clock.monotonicNs() - startedNs) / 1e9).toFixed(3);
  removeAll(sys, directory.replace(/\/b001\/exe$/, ''));
  const failed = ended?.status !== 0;
  if (failed && ended?.status !== 1) await print(sys, ended?.signal ? `signal: ${ended.signal}\n` : `exit status ${ended?.status}\n`);
  if (failed && ended?.status === 1) await print(sys, 'exit status 1\n');
  await print(sys, `${failed ? 'FAIL' : 'ok  '}\t${loaded.path}\t${seconds}s\n`);
  return { failed };
}

export async function test(sys: Sys, words: readonly string[]): Promise<number> {
  // Flags may follow the packages too.
  const flagWords = words.filter(
    (word) => word.startsWith('-') || /^-(run|count|timeout|tags)$/.test(words[words.indexOf(word) - 1] ?? ''),
  );
  const flags = parseFlags('test', [...flagWords, ...words.filter((word) => !flagWords.includes(word))]);
  const run = /-run[= ](\S+)/.exec(words.join(' '))?.[1]?.replace(/^['"]|['"]$/g, '');
  const session = openSession(sys, { ...flags, verbose: false });
  const found = session.loader.find(flags.rest);
  const options = { verbose: flags.verbose, pattern: run === undefined ? null : new RegExp(run), several: found.length > 1 };
  let failed = false;
  for (const loaded of found) {
    const outcome = await testOne(session, loaded, options);
    failed ||= outcome.failed;
  }
  if (failed) await print(sys, 'FAIL\n');
  return failed ? 1 : 0;
}
