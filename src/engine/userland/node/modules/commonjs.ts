/** `require` and the modules of CommonJS. */
// biome-ignore-all lint/correctness/useYield: what could wait is a generator, though some need not.
import { accessor, got, makeClass, methods } from '../builtins/define.ts';
import { parseJson } from '../builtins/json-parse.ts';
import { SyntaxProblem } from '../compile/parse.ts';
import { compileWrapped, newFile } from '../compile/script.ts';
import { invalidArgument } from '../library/every-module.ts';
import { isBuiltin, LIBRARY } from '../library/index.ts';
import { toText } from '../runtime/convert.ts';
import { native, nativeSteps } from '../runtime/functions.ts';
import { arrayOf, get, hide, objectOf } from '../runtime/objects.ts';
import type { Steps } from '../runtime/steps.ts';
import { below, framesOf, placeOf, writeStack } from '../runtime/traces.ts';
import { isObject, JsObject, Thrown, type Value } from '../runtime/values.ts';
import { intrinsics, realm, type SourceFile } from '../runtime/vm.ts';
import type { Host } from '../system/host.ts';
import { MAIN_FRAMES, REQUIRE_FRAMES, RESOLVE_FRAMES, SYNTAX_FRAMES } from './entry-frames.ts';
import type { Modules } from './modules.ts';
import { BadPackage, folderOf, moduleFolders, readText } from './paths.ts';
import { formatOf, resolveRequire } from './resolve.ts';

const WRAPPER = ['exports', 'require', 'module', '__filename', '__dirname'];

/** Modules of node that this model has not. */
const ABSENT = new Set(
  'async_hooks cluster crypto dgram diagnostics_channel dns domain fs http http2 https inspector module net os path perf_hooks process punycode querystring readline repl sea sqlite stream string_decoder test timers tls trace_events tty url util v8 vm wasi worker_threads zlib'.split(
    ' ',
  ),
);

/** An error with the frames of node that really look for modules. */
export function framed(type: 'Error' | 'TypeError' | 'SyntaxError', message: string, frames: readonly string[], code?: string): JsObject {
  const error = realm().error(type, message);
  const lines = framesOf(error)
    .split('\n')
    .filter((line) => line !== '' && !/\(<anonymous>\)$/.test(line));
  const head = `${type}${code === undefined ? '' : ` [${code}]`}: ${message}`;
  writeStack(error, [head, ...[...frames, ...lines].slice(0, 10)].join('\n'));
  return error;
}

/** What is wrong with a script, as an error that shows where. */
export function syntaxError(file: SourceFile, problem: SyntaxProblem, frames: readonly string[]): Thrown {
  const error = framed('SyntaxError', problem.message, frames);
  const place = placeOf(file, Math.min(problem.at, file.text.length));
  const room = Math.max(0, place.source.length - place.column + 1);
  if (error.inner?.kind === 'error') error.inner.place = { ...place, width: Math.min(problem.end - problem.at, room) };
  return new Thrown(error);
}

function missing(specifier: string, stack: readonly string[], isMain: boolean): Thrown {
  const said = stack.length === 0 ? '' : `\nRequire stack:\n${stack.map((path) => `- ${path}`).join('\n')}`;
  const rest = isMain ? MAIN_FRAMES.slice(5) : REQUIRE_FRAMES.slice(5);
  const error = framed('Error', `Cannot find module '${specifier}'${said}`, [...RESOLVE_FRAMES, ...rest]);
  if (error.inner?.kind === 'error')
    error.inner.place = { file: 'node:internal/modules/cjs/loader', line: 1568, column: 3, source: '  throw err;' };
  error.props.set('code', 'MODULE_NOT_FOUND');
  error.props.set('requireStack', arrayOf([...stack]));
  return new Thrown(error);
}

const filenameOf = (module: Value): string => (isObject(module) ? String(get(module, 'filename') ?? '') : '');

function requireStack(module: JsObject): string[] {
  const stack: string[] = [];
  for (let at: Value = module; isObject(at); at = get(at, 'parent') as Value) {
    const name = filenameOf(at);
    if (name !== '' && name !== 'null') stack.push(name);
  }
  return stack;
}

/** `require` for the modules of one process. */
export class CommonJs {
  readonly cache = new JsObject(null);
  readonly #proto = new JsObject(intrinsics().object);
  readonly moduleClass = makeClass({ name: 'Module', length: 0, prototype: this.#proto, isGlobal: false }, () => new JsObject(this.#proto));
  readonly #host: Host;
  readonly #modules: Modules;

  constructor(host: Host, modules: Modules) {
    this.#host = host;
    this.#modules = modules;
    this.#offer();
  }

  #offer(): void {
    hide(
      this.#proto,
      'require',
      nativeSteps('require', 1, ([specifier], self) => this.#required(self as JsObject, specifier)),
    );
    hide(
      this.#proto,
      '_compile',
      nativeSteps('_compile', 2, ([text, path], self) => this.#run(self as JsObject, toText(path), toText(text))),
    );
    methods(this.moduleClass, {
      isBuiltin: [1, ([name]) => isBuiltin(toText(name))],
      createRequire: [
        1,
        ([path]) => {
          const file = decodeURIComponent(toText(isObject(path) ? (get(path, 'href') as Value) : path).replace(/^file:\/\//, ''));
          return this.requireFor(this.newModule(file, null), file);
        },
      ],
    });
    const names = Object.keys(LIBRARY).filter((name) => !name.startsWith('internal/'));
    hide(this.moduleClass, 'builtinModules', arrayOf(names.sort()));
    hide(this.moduleClass, 'Module', this.moduleClass);
    hide(this.moduleClass, '_cache', this.cache);
  }

  newModule(path: string, parent: JsObject | null): JsObject {
    const module = new JsObject(this.#proto);
    const entries: readonly (readonly [string, Value])[] = [
      ['id', parent === null ? '.' : path],
      ['path', folderOf(path)],
      ['exports', objectOf()],
      ['filename', path],
      ['loaded', false],
      ['children', arrayOf([])],
      ['paths', arrayOf(moduleFolders(folderOf(path)))],
    ];
    for (const [name, value] of entries) module.props.set(name, value);
    hide(module, 'parent', parent ?? undefined);
    return module;
  }

  #find(specifier: string, module: JsObject): string {
    const found = guarded(() => resolveRequire(this.#host.sys, specifier, filenameOf(module)));
    if (found.kind === 'file') return found.path;
    if (found.kind === 'hidden') {
      const said =
        found.subpath === '.'
          ? `No "exports" main defined in ${found.packagePath}`
          : `Package subpath '${found.subpath}' is not defined by "exports" in ${found.packagePath}`;
      const error = framed('Error', said, [], 'ERR_PACKAGE_PATH_NOT_EXPORTED');
      error.props.set('code', 'ERR_PACKAGE_PATH_NOT_EXPORTED');
      throw new Thrown(error);
    }
    throw missing(specifier, requireStack(module), false);
  }

  *#required(module: JsObject, specifier: Value): Steps {
    if (typeof specifier !== 'string') throw new Thrown(invalidArgument('id', 'of type string', specifier));
    if (specifier === '')
      throw realm().coded('TypeError', 'ERR_INVALID_ARG_VALUE', "The argument 'id' must be a non-empty string. Received ''");
    const plain = specifier.replace(/^node:/, '');
    if (isBuiltin(specifier)) return yield* this.#host.builtin(plain);
    if (ABSENT.has(plain) || specifier.startsWith('node:')) throw realm().absent(`module '${plain}'`);
    return yield* this.load(this.#find(specifier, module), module);
  }

  /** The exports of the module at a path. */
  *load(path: string, parent: JsObject | null): Steps {
    const known = this.cache.props.get(path);
    if (isObject(known as Value)) return yield* got(get(known as JsObject, 'exports'));
    const format = guarded(() => formatOf(this.#host.sys, path));
    if (format === 'module' || this.#modules.isLoadedModule(path)) return yield* this.#modules.requireModule(path);
    const module = this.newModule(path, parent);
    const siblings = parent === null ? undefined : get(parent, 'children');
    if (isObject(siblings)) siblings.items?.push(module);
    if (parent === null) this.#modules.main = module;
    this.cache.props.set(path, module);
    try {
      const text = readText(this.#host.sys, path);
      if (format === 'json') module.props.set('exports', readJson(path, text));
      else yield* this.#run(module, path, text);
    } catch (error) {
      this.cache.props.delete(path);
      throw error;
    }
    module.props.set('loaded', true);
    return yield* got(get(module, 'exports'));
  }

  /** Runs a text as the module at a path. */
  *#run(module: JsObject, path: string, text: string): Steps {
    const file = newFile(path, text);
    const isMain = get(module, 'id') === '.';
    let compiled: ReturnType<typeof compileWrapped>;
    try {
      compiled = compileWrapped(file, WRAPPER);
    } catch (error) {
      if (!(error instanceof SyntaxProblem)) throw error;
      if (this.#modules.mayBeModule(path, error)) {
        module.props.set('exports', yield* this.#modules.reparsed(path));
        return undefined;
      }
      throw syntaxError(file, error, isMain ? SYNTAX_FRAMES : [...SYNTAX_FRAMES.slice(0, 2), ...REQUIRE_FRAMES.slice(1)]);
    }
    below.set(file, { lines: isMain ? MAIN_FRAMES : REQUIRE_FRAMES });
    const exports = get(module, 'exports') as Value;
    yield* got(compiled.run([exports, this.requireFor(module, path), module, path, folderOf(path)], exports, ''));
    return undefined;
  }

  /** `require` for a file. */
  requireFor(module: JsObject, path: string): JsObject {
    const made = nativeSteps('require', 1, ([specifier]) => this.#required(module, specifier));
    const resolve = native('resolve', 2, ([specifier]) => {
      const name = toText(specifier);
      return isBuiltin(name) ? name : this.#find(name, module);
    });
    hide(
      resolve,
      'paths',
      native('paths', 1, () => arrayOf(moduleFolders(folderOf(path)))),
    );
    made.props.set('resolve', resolve);
    made.props.set('cache', this.cache);
    made.props.set(
      'extensions',
      objectOf([
        ['.js', undefined],
        ['.json', undefined],
        ['.node', undefined],
      ]),
    );
    accessor(made, 'main', () => this.#modules.main ?? undefined);
    return made;
  }
}

function readJson(path: string, text: string): Value {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof Thrown && isObject(error.value))
      throw new Thrown(framed('SyntaxError', `${path}: ${toText(get(error.value, 'message') as Value)}`, []));
    throw error;
  }
}

export function guarded<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof BadPackage) throw new Thrown(framed('Error', error.message, [], 'ERR_INVALID_PACKAGE_CONFIG'));
    throw error;
  }
}

export const mainMissing = (path: string): Thrown => missing(path, [], true);
