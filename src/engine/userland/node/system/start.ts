/** A process of node, from its first object to its exit status. */
import type { Sys } from '../../../kernel/sys.ts';
import { setUpLanguage } from '../builtins/index.ts';
import { SyntaxProblem } from '../compile/parse.ts';
import { compileGlobal, newFile } from '../compile/script.ts';
import { DEFAULTS, inspect } from '../library/inspect.ts';
import { mainMissing, syntaxError } from '../modules/commonjs.ts';
import { EVAL_FRAMES, EVAL_SYNTAX_FRAMES, STDIN_FRAMES } from '../modules/entry-frames.ts';
import { Modules } from '../modules/modules.ts';
import { findFile, realPath, resolvePath } from '../modules/paths.ts';
import { formatOf } from '../modules/resolve.ts';
import { call } from '../runtime/functions.ts';
import { BASE_BYTES, Memory } from '../runtime/memory.ts';
import { arrayOf } from '../runtime/objects.ts';
import { react, stateOf } from '../runtime/promises.ts';
import { Realm } from '../runtime/realm.ts';
import { drive, overflow, type Steps, settle, start } from '../runtime/steps.ts';
import { below } from '../runtime/traces.ts';
import { isObject, type Result, Thrown, type Value } from '../runtime/values.ts';
import { insist, realm, vm } from '../runtime/vm.ts';
import { createHost, HeapOver, outOfMemory } from './create-host.ts';
import { printFatal, printRejection, say } from './fatal.ts';
import type { Flags } from './flags.ts';
import type { Host } from './host.ts';

export type Source =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'eval'; readonly text: string }
  | { readonly kind: 'stdin'; readonly text: string };

export interface Start {
  readonly flags: Flags;
  readonly version: string;
  readonly source: Source;
}

/** Makes a process's objects. */
export async function openNode(
  sys: Sys,
  { flags, version }: Pick<Start, 'flags' | 'version'>,
): Promise<{ readonly host: Host; readonly modules: Modules }> {
  const own = new Realm(sys);
  sys.grow(BASE_BYTES);
  own.memory = new Memory(sys, () => [own.global, vm.top, own.scopes, ...own.held()], {
    bytes: (flags.heapMb ?? Number.POSITIVE_INFINITY) * 1024 * 1024,
    exceeded: () => outOfMemory(sys, flags.heapMb ?? 0),
  });
  overflow.error = () => realm().rangeError('Maximum call stack size exceeded');
  let made: { readonly host: Host; readonly modules: Modules } | null = null;
  await drive(own, () => {
    setUpLanguage();
    const host = createHost(sys, own, { flags, version });
    made = { host, modules: new Modules(host) };
    return start(host.ready(made.modules));
  });
  if (made === null) throw new Error('Nothing was made');
  return made;
}

export async function runNode(sys: Sys, options: Start): Promise<number> {
  const { host, modules } = await openNode(sys, options);
  const { loop } = host;
  const status: { fatal: number | null } = { fatal: null };
  loop.onError = (error) => uncaught(host, error, 'uncaughtException');
  loop.onRejections = () => rejections(host);
  let top: Value;
  await loop.turn(() => {
    const begun = begin(host, modules, options);
    return start(
      (function* (): Steps {
        top = (yield* settle(begun)) as Value;
        return top;
      })(),
    );
  });
  await sys.charge(1_000_000);
  await loop.run();
  for (let goesOn = true; goesOn; ) {
    await loop.turn(() => call(host.emitters?.beforeExit, undefined, []));
    goesOn = loop.isAlive;
    if (goesOn) await loop.run();
  }
  void status;
  const waits = stateOf(top);
  if (waits?.status === 'pending') await unsettled(host, options);
  return leave(host, waits?.status === 'pending' ? 13 : 0);
}

/** The last words of a script: `exit`. */
async function leave(host: Host, fallback: number): Promise<number> {
  let code: Value = fallback;
  try {
    code = await drive(host.realm, () => call(host.emitters?.exit, undefined, fallback === 0 ? [] : [fallback]));
  } catch (error) {
    await printFatal(host, error);
    return 1;
  }
  return typeof code === 'number' ? code & 255 : 0;
}

async function unsettled(host: Host, { source }: Start): Promise<void> {
  if (source.kind !== 'file') return;
  const path = resolvePath(host.sys.path.cwd(), source.path);
  const found = findFile(host.sys, path) ?? path;
  const { awaitExcerpt } = await host.sys.stall(() => import('./unsettled.ts'));
  await say(host, awaitExcerpt(host, found));
}

function begin(host: Host, modules: Modules, options: Start): Result {
  const { flags, source } = options;
  return start(
    (function* (): Steps {
      host.process.props.set('argv', arrayOf([host.execPath, ...argumentsOf(host, source, flags)]));
      for (const name of flags.requires) {
        const module = modules.commonJs.newModule(`${host.sys.path.cwd()}/[preload]`, null);
        yield* settle(call(modules.commonJs.requireFor(module, `${host.sys.path.cwd()}/[preload]`), undefined, [name]));
      }
      if (source.kind === 'file') return yield* runFile(host, modules, source.path, flags);
      return yield* runText(host, modules, source, flags);
    })(),
  );
}

function argumentsOf(host: Host, source: Source, flags: Flags): readonly string[] {
  if (source.kind === 'eval') return flags.args;
  if (source.kind === 'stdin') return flags.script === '-' ? ['-', ...flags.args] : flags.args;
  const path = resolvePath(host.sys.path.cwd(), source.path);
  return [findFile(host.sys, path) ?? path, ...flags.args];
}

function* runFile(host: Host, modules: Modules, given: string, flags: Flags): Steps {
  const asked = resolvePath(host.sys.path.cwd(), given);
  const found = findFile(host.sys, given.endsWith('/') ? `${asked}/` : asked);
  if (found === null) throw mainMissing(asked);
  const path = realPath(host.sys, found);
  modules.setMain(path);
  if (flags.check) return undefined;
  for (const name of flags.imports) yield* settle(modules.importFrom(newFile(`${host.sys.path.cwd()}/[import]`, ''), name));
  if (formatOf(host.sys, path) === 'module') return yield* settle(modules.importFile(path)) as Steps;
  modules.isMainPending = true;
  const value = yield* modules.commonJs.load(path, null);
  return stateOf(value) !== null && modules.isLoadedModule(path) ? value : undefined;
}

function* runText(host: Host, modules: Modules, source: Exclude<Source, { kind: 'file' }>, flags: Flags): Steps {
  const name = source.kind === 'eval' ? '[eval]' : '[stdin]';
  const path = `${host.sys.path.cwd().replace(/\/$/, '')}/${name}`;
  const asModule = (): Steps => settle(modules.importText(source.text, path.replace(/\]$/, '1]'))) as Steps;
  if (flags.isModule === true) return yield* asModule();
  const module = modules.commonJs.newModule(path, null);
  for (const [key, value] of [
    ['require', modules.commonJs.requireFor(module, path)],
    ['module', module],
    ['exports', module.props.get('exports') as Value],
    ['__filename', name],
    ['__dirname', '.'],
  ] as const)
    realm().setGlobal(key, value as Value);
  const file = { ...newFile(name, source.text), importer: null };
  let compiled: ReturnType<typeof compileGlobal>;
  try {
    compiled = compileGlobal(file);
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error;
    if (modules.mayBeModule(path, error)) return yield* asModule();
    throw syntaxError(file, error, EVAL_SYNTAX_FRAMES);
  }
  below.set(file, { lines: source.kind === 'eval' ? EVAL_FRAMES : STDIN_FRAMES });
  const value = (yield* settle(compiled.run())) as Value;
  if (flags.prints) {
    const text = typeof value === 'string' ? value : yield* inspect(value, { ...DEFAULTS, colors: host.hasColours(1) });
    yield* host.write(1, `${text}\n`);
  }
  return undefined;
}

/** Tells the script of what nobody caught; without a listener it is printed, and the process ends. */
export async function uncaught(host: Host, error: unknown, origin: string): Promise<void> {
  if (error instanceof HeapOver) {
    await say(host, error.text);
    // As abort(3): the first process of a namespace does not hear the signal, and then faults.
    host.sys.kill(host.sys.pid, 'SIGABRT');
    await host.sys.sleep(1);
    host.sys.fault();
  }
  if (!(error instanceof Thrown)) throw error;
  const { emitters } = host;
  const handled = emitters === null ? false : await drive(host.realm, () => call(emitters.uncaught, undefined, [error.value, origin]));
  if (handled === true) return;
  await printFatal(host, error, origin === 'unhandledRejection');
  const code = await drive(host.realm, () => call(emitters?.exit, undefined, [1]));
  host.sys.exit(typeof code === 'number' && code !== 0 ? code & 255 : 1);
}

export async function rejections(host: Host): Promise<void> {
  const { rejected } = host.realm;
  for (const promise of [...rejected]) {
    rejected.delete(promise);
    if (promise.isHandled) continue;
    const handled = await drive(host.realm, () => call(host.emitters?.unhandled, undefined, [promise.value, promise.object]));
    if (handled === true) continue;
    if (host.flags.rejections === 'none') continue;
    if (host.flags.rejections === 'warn' || host.flags.rejections === 'warn-with-error-codes') continue;
    const { value } = promise;
    if (isObject(value) && value.inner?.kind === 'error') await uncaught(host, new Thrown(value), 'unhandledRejection');
    else {
      await printRejection(host, value);
      host.sys.exit(1);
    }
  }
}

export const waitsFor = react;
export const now = insist;
