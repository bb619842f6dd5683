/** `require` and the modules of CommonJS. */
// biome-ignore-all lint/correctness/useYield: what could wait is a generator, though some need not.
import { accessor, got, makeClass, method, methods } from '../builtins/define.ts';
import { parseJson } from '../builtins/json-parse.ts';
import { SyntaxProblem } from '../compile/parse.ts';
import { compileWrapped, newFile } from '../compile/script.ts';
import { invalidArgument } from '../library/every-module.ts';
import { isBuiltin, LIBRARY } from '../library/index.ts';
import { toText } from '../runtime/convert.ts';
import { call, nativeSteps } from '../runtime/functions.ts';
import { arrayOf, get, hide, objectOf, set } from '../runtime/objects.ts';
import type { Steps } from '../runtime/steps.ts';
import { below, placeOf } from '../runtime/traces.ts';
import { isObject, JsObject, Property, Thrown, type Value } from '../runtime/values.ts';
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

export interface CommonJs {
  readonly cache: JsObject;
  readonly moduleClass: JsObject;
  /** `require` for a file. */
  requireFor(module: JsObject, path: string): JsObject;
  newModule(path: string, parent: JsObject | null): JsObject;
  load(path: string, parent: JsObject | null): Steps;
  /** Runs a text as the module at a path. */
  run(module: JsObject, path: string, text: string): Steps;
}

/** An error with the frames of node that really look for modules. */
export function framed(type: 'Error' | 'TypeError' | 'SyntaxError', message: string, frames: readonly string[], code?: string): JsObject {
  const error = realm().error(type, message);
  const stack = error.props.get('stack');
  const own = stack instanceof Property && typeof stack.value === 'string' ? stack.value : '';
  const lines = own
    .slice(own.indexOf('\n    at') < 0 ? own.length : own.indexOf('\n    at') + 1)
    .split('\n')
    .filter((line) => line !== '' && !/\(<anonymous>\)$/.test(line));
  const head = `${type}${code === undefined ? '' : ` [${code}]`}: ${message}`;
  error.props.set(
    'stack',
    new Property({ value: [head, ...[...frames, ...lines].slice(0, 10)].join('\n'), writable: true, configurable: true }),
  );
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

export function createCommonJs(host: Host, modules: Modules): CommonJs {
  const { sys } = host;
  const cache = new JsObject(null);
  const proto = new JsObject(intrinsics().object);
  const moduleClass = makeClass({ name: 'Module', length: 0, prototype: proto, isGlobal: false }, () => new JsObject(proto));
  const newModule = (path: string, parent: JsObject | null): JsObject => {
    const module = new JsObject(proto);
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
  };

  function find(specifier: string, module: JsObject): string {
    const found = guarded(() => resolveRequire(sys, specifier, filenameOf(module)));
    if (found.kind === 'file') return found.path;
    if (found.kind === 'hidden')
      throw new Thrown(
        (() => {
          const where = found.packagePath;
          const said =
            found.subpath === '.'
              ? `No "exports" main defined in ${where}`
              : `Package subpath '${found.subpath}' is not defined by "exports" in ${where}`;
          const error = framed('Error', said, [], 'ERR_PACKAGE_PATH_NOT_EXPORTED');
          error.props.set('code', 'ERR_PACKAGE_PATH_NOT_EXPORTED');
          return error;
        })(),
      );
    throw missing(specifier, requireStack(module), false);
  }

  function* required(module: JsObject, specifier: Value): Steps {
    if (typeof specifier !== 'string') throw new Thrown(invalidArgument('id', 'of type string', specifier));
    if (specifier === '')
      throw realm().coded('TypeError', 'ERR_INVALID_ARG_VALUE', "The argument 'id' must be a non-empty string. Received ''");
    const plain = specifier.replace(/^node:/, '');
    if (isBuiltin(specifier)) return yield* host.builtin(plain);
    if (ABSENT.has(plain) || specifier.startsWith('node:')) throw realm().absent(`module '${plain}'`);
    return yield* load(find(specifier, module), module);
  }

  function* load(path: string, parent: JsObject | null): Steps {
    const known = cache.props.get(path);
    if (isObject(known as Value)) return yield* got(get(known as JsObject, 'exports'));
    if (modules.isLoadedModule(path)) return yield* modules.requireModule(path);
    const format = guarded(() => formatOf(sys, path));
    if (format === 'module') return yield* modules.requireModule(path);
    const module = newModule(path, parent);
    const siblings = parent === null ? undefined : get(parent, 'children');
    if (isObject(siblings)) siblings.items?.push(module);
    if (parent === null) modules.main = module;
    cache.props.set(path, module);
    try {
      const text = readText(sys, path);
      if (format === 'json') yield* json(module, path, text);
      else yield* run(module, path, text);
    } catch (error) {
      cache.props.delete(path);
      throw error;
    }
    module.props.set('loaded', true);
    return yield* got(get(module, 'exports'));
  }

  function* json(module: JsObject, path: string, text: string): Steps {
    try {
      module.props.set('exports', parseJson(text));
    } catch (error) {
      if (error instanceof Thrown && isObject(error.value)) {
        const said = `${path}: ${toText(get(error.value, 'message') as Value)}`;
        throw new Thrown(framed('SyntaxError', said, []));
      }
      throw error;
    }
    return undefined;
  }

  function* run(module: JsObject, path: string, text: string): Steps {
    const file: SourceFile = { ...newFile(path, text), importer: null };
    const isMain = get(module, 'id') === '.';
    let compiled: ReturnType<typeof compileWrapped>;
    try {
      compiled = compileWrapped(file, WRAPPER);
    } catch (error) {
      if (!(error instanceof SyntaxProblem)) throw error;
      if (modules.mayBeModule(path, error)) {
        module.props.set('exports', yield* modules.reparsed(path));
        return undefined;
      }
      throw syntaxError(file, error, isMain ? SYNTAX_FRAMES : [...SYNTAX_FRAMES.slice(0, 2), ...REQUIRE_FRAMES.slice(1)]);
    }
    below.set(file, { lines: isMain ? MAIN_FRAMES : REQUIRE_FRAMES });
    const exports = get(module, 'exports') as Value;
    const result = compiled.run([exports, requireFor(module, path), module, path, folderOf(path)], exports, '');
    yield* got(result);
    return undefined;
  }

  function requireFor(module: JsObject, path: string): JsObject {
    const made = nativeSteps('require', 1, ([specifier]) => required(module, specifier));
    const resolve = nativeSteps('resolve', 2, function* ([specifier]) {
      const name = toText(specifier);
      return isBuiltin(name) ? name : find(name, module);
    });
    hide(
      resolve,
      'paths',
      nativeSteps('paths', 1, function* () {
        return arrayOf(moduleFolders(folderOf(path)));
      }),
    );
    made.props.set('resolve', resolve);
    made.props.set('cache', cache);
    made.props.set(
      'extensions',
      objectOf([
        ['.js', undefined],
        ['.json', undefined],
        ['.node', undefined],
      ]),
    );
    accessor(made, 'main', () => modules.main ?? undefined);
    return made;
  }

  hide(
    proto,
    'require',
    nativeSteps('require', 1, ([specifier], self) => required(self as JsObject, specifier)),
  );
  hide(
    proto,
    '_compile',
    nativeSteps('_compile', 2, function* ([text, path], self) {
      return yield* run(self as JsObject, toText(path), toText(text));
    }),
  );
  methods(moduleClass, {
    isBuiltin: [1, ([name]) => isBuiltin(toText(name))],
    createRequire: [
      1,
      ([path]) => {
        const file = decodeURIComponent(toText(isObject(path) ? (get(path, 'href') as Value) : path).replace(/^file:\/\//, ''));
        return requireFor(newModule(file, null), file);
      },
    ],
  });
  hide(
    moduleClass,
    'builtinModules',
    arrayOf(
      Object.keys(LIBRARY)
        .filter((name) => !name.startsWith('internal/'))
        .sort(),
    ),
  );
  hide(moduleClass, 'Module', moduleClass);
  hide(moduleClass, '_cache', cache);
  method(moduleClass, '_load', 3, ([specifier], self) => call(get(proto, 'require') as Value, self, [specifier]));
  return { cache, moduleClass, requireFor, newModule, load, run };
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
export const setMember = set;
