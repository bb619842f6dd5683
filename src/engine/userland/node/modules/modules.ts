/** Modules of ECMAScript: read, linked, run; and how both kinds meet. */
// biome-ignore-all lint/correctness/useYield: what could wait is a generator, though some need not.
import type { Program } from 'acorn';
import { got } from '../builtins/define.ts';
import { waiting } from '../compile/expressions.ts';
import { SyntaxProblem } from '../compile/parse.ts';
import { compileModule } from '../compile/script.ts';
import { isBuiltin } from '../library/index.ts';
import { toText } from '../runtime/convert.ts';
import { construct, nativeSteps } from '../runtime/functions.ts';
import { get, hide, objectOf } from '../runtime/objects.ts';
import { newPromise, reject, resolve, runAsync, stateOf, thrownValue } from '../runtime/promises.ts';
import { type Steps, settle, start } from '../runtime/steps.ts';
import { below } from '../runtime/traces.ts';
import { isObject, JsObject, PENDING, type Result, Thrown, type Value } from '../runtime/values.ts';
import { Frame, realm, Scope, type SourceFile, vm } from '../runtime/vm.ts';
import type { Host } from '../system/host.ts';
import { CommonJs, framed, guarded, syntaxError } from './commonjs.ts';
import { ESM_FRAMES, ESM_SYNTAX_FRAMES } from './esm-frames.ts';
import { importedNames, importsOf, linkImports, namespaceOf, type Record_, refOf } from './linking.ts';
import { notFound } from './missing.ts';
import { folderOf, packageOf, readText, resolvePath } from './paths.ts';
import { formatOf, resolveImport } from './resolve.ts';

export class Modules {
  readonly host: Host;
  readonly commonJs: CommonJs;
  readonly records = new Map<string, Record_>();
  main: JsObject | null = null;
  /** The first script has not begun. */
  isMainPending = false;

  constructor(host: Host) {
    this.host = host;
    this.commonJs = new CommonJs(host, this);
    realm().hooks.importFrom = (file, specifier) => this.importFrom(file, specifier);
  }

  isLoadedModule(path: string): boolean {
    return this.records.get(`file://${path}`)?.kind === 'module';
  }

  /** Node from 22 on runs what only reads as a module as one. */
  mayBeModule(path: string, problem: SyntaxProblem): boolean {
    const major = Number(/\d+/.exec(this.host.version)?.[0] ?? 24);
    if (major < 22 || formatOf(this.host.sys, path) !== 'unsaid') return false;
    return /^Cannot use import statement|^Unexpected token 'export'|^await is only valid|^Cannot use 'import.meta'|^Identifier '(__filename|__dirname|require|module|exports)'/.test(
      problem.message,
    );
  }

  /** Runs as a module what is none of CommonJS. */
  *reparsed(path: string): Steps {
    const own = packageOf(this.host.sys, path);
    if (own !== null && own.data.type === undefined && !this.host.flags.noWarnings)
      yield* this.host.write(
        2,
        `(node:${this.host.sys.pid}) [MODULE_TYPELESS_PACKAGE_JSON] Warning: Module type of file://${path} is not specified and it doesn't parse as CommonJS.\nReparsing as ES module because module syntax was detected. This incurs a performance overhead.\nTo eliminate this warning, add "type": "module" to ${own.folder}/package.json.\n(Use \`node --trace-warnings ...\` to show where the warning was created)\n`,
      );
    return yield* this.requireModule(path);
  }

  /** `require` of a module: it may not wait at its top. */
  *requireModule(path: string): Steps {
    const record = yield* this.#record(`file://${path}`, true);
    const promise = yield* this.#evaluateAll(record);
    const state = stateOf(promise);
    if (state?.status === 'rejected') {
      state.isHandled = true;
      realm().rejected.delete(state);
      throw new Thrown(state.value);
    }
    if (state?.status === 'pending' && this.isMainPending) return promise;
    const names = namespaceOf(record);
    const whole = record.exports.get('module.exports');
    return whole === undefined ? names : refValue(whole);
  }

  /** Imports a file: the promise of its namespace. */
  importFile(path: string): Result {
    return this.#importing(function* (this: Modules) {
      return yield* this.#imported(`file://${path}`);
    });
  }

  importFrom(file: SourceFile, specifier: Value): Result {
    return this.#importing(function* (this: Modules) {
      const url = this.#resolve(toText(specifier), file);
      return yield* this.#imported(url);
    });
  }

  /** A text as a module: `--input-type=module -e`. */
  importText(text: string, path: string): Result {
    return this.#importing(function* (this: Modules) {
      const record = yield* this.#parse(`file://${path}`, path, text);
      return yield* this.#finish(record);
    });
  }

  #importing(steps: (this: Modules) => Steps): Result {
    const frame = new Frame({
      scope: new Scope(null, []),
      self: undefined,
      args: [],
      fn: null,
      newTarget: undefined,
      caller: null,
      top: null,
      file: { name: 'node:internal/modules/esm/loader', text: '', lines: null, importer: null, meta: null },
      name: '',
    });
    const promise = runAsync(frame, () => start(steps.call(this)));
    return promise;
  }

  *#imported(url: string): Steps {
    return yield* this.#finish(yield* this.#record(url));
  }

  *#finish(record: Record_): Steps {
    const promise = yield* this.#evaluateAll(record);
    const state = stateOf(promise);
    const frame = vm.top;
    if (state !== null && state.status !== 'fulfilled' && frame !== null) yield* waiting(frame, 'await', promise);
    return namespaceOf(record);
  }

  #resolve(specifier: string, from: SourceFile): string {
    if (isBuiltin(specifier)) return `node:${specifier.replace(/^node:/, '')}`;
    if (specifier.startsWith('data:')) throw realm().absent('modules of data: URLs');
    const path = from.name.startsWith('file://')
      ? from.name.slice(7)
      : from.name.startsWith('/')
        ? from.name
        : `${this.host.sys.path.cwd()}/[eval1]`;
    const found = guarded(() => resolveImport(this.host.sys, specifier, path));
    if (found.kind === 'file') return `file://${found.path}${/[?#].*$/.exec(specifier)?.[0] ?? ''}`;
    throw new Thrown(notFound(found, specifier, path));
  }

  *#record(url: string, isRequired = false): Steps<Record_> {
    const known = this.records.get(url);
    if (known !== undefined) return known;
    if (url.startsWith('node:')) return yield* this.#synthetic(url, yield* this.host.builtin(url.slice(5)));
    const path = decodeURIComponent(url.slice(7).replace(/[?#].*$/, ''));
    const format = guarded(() => formatOf(this.host.sys, path));
    if (format === 'module' || isRequired) return yield* this.#parse(url, path, readText(this.host.sys, path));
    if (format === 'unsaid' && !path.endsWith('.json')) {
      const text = readText(this.host.sys, path);
      if (this.#looksLikeModule(path, text)) return yield* this.#parse(url, path, text);
    }
    const record = this.#newRecord(url, 'commonjs');
    record.load = () => this.commonJs.load(path, null);
    this.records.set(url, record);
    return record;
  }

  #looksLikeModule(path: string, text: string): boolean {
    return (
      /^\s*(import\b(?!\s*\()|export\b)|\bimport\.meta\b/m.test(text) &&
      this.mayBeModule(path, new SyntaxProblem('Cannot use import statement outside a module', 0, 0))
    );
  }

  #newRecord(url: string, kind: Record_['kind']): Record_ {
    return {
      url,
      kind,
      exports: new Map(),
      stars: [],
      scope: new Scope(null, []),
      requests: new Map(),
      load: null,
      start: null,
      promise: null,
      isLinked: false,
      namespace: null,
      order: 0,
    };
  }

  /** A module of node: its names are those of its object. */
  *#synthetic(url: string, exports: Value): Steps<Record_> {
    const record = this.#newRecord(url, 'builtin');
    this.records.set(url, record);
    const add = (name: string, value: Value): void => {
      record.scope.slots.push(value);
      record.exports.set(name, refOf(record.scope, record.scope.slots.length - 1));
    };
    add('default', exports);
    if (isObject(exports)) for (const name of importedNames(exports)) add(name, yield* got(get(exports, name)));
    record.promise = realm().intrinsics.object;
    record.isLinked = true;
    return record;
  }

  *#parse(url: string, path: string, text: string): Steps<Record_> {
    const file: SourceFile = {
      name: url,
      text,
      lines: null,
      importer: (specifier) => this.importFrom(file, specifier),
      meta: () => this.#meta(path, url),
    };
    const record = this.#newRecord(url, 'module');
    let compiled: ReturnType<typeof compileModule>;
    try {
      compiled = compileModule(file, (program: Program) => importsOf(program).flatMap(({ names }) => names.map(({ local }) => local)));
    } catch (error) {
      if (error instanceof SyntaxProblem) throw syntaxError(file, error, ESM_SYNTAX_FRAMES);
      throw error;
    }
    this.records.set(url, record);
    below.set(file, { lines: ESM_FRAMES });
    record.scope = new Scope(null, compiled.slots.slice());
    realm().scopes.push(record.scope);
    for (const { source } of importsOf(compiled.program)) {
      const target = yield* this.#record(this.#resolve(source, file));
      record.requests.set(source, target);
    }
    yield* linkImports(record, compiled, file);
    record.start = () => {
      const frame = this.#frame(record.scope, file);
      return compiled.run(frame);
    };
    compiled.prepare(this.#frame(record.scope, file));
    return record;
  }

  #frame(scope: Scope, file: SourceFile): Frame {
    const frame = new Frame({ scope, self: undefined, args: [], fn: null, newTarget: undefined, caller: null, top: null, file, name: '' });
    vm.top = frame;
    return frame;
  }

  #meta(path: string, url: string): JsObject {
    const known = this.#metas.get(url);
    if (known !== undefined) return known;
    const meta = new JsObject(null);
    meta.props.set('dirname', folderOf(path));
    meta.props.set('filename', path);
    meta.props.set('main', this.#mainUrl === url);
    const resolveName = nativeSteps('resolve', 1, ([specifier]) => this.#resolved(toText(specifier), url));
    meta.props.set('resolve', resolveName);
    meta.props.set('url', url);
    this.#metas.set(url, meta);
    return meta;
  }
  readonly #metas = new Map<string, JsObject>();
  readonly #running = new Set<Record_>();
  #mainUrl = '';
  setMain(path: string): void {
    this.#mainUrl = `file://${path}`;
  }

  *#resolved(specifier: string, url: string): Steps {
    if (/^\.{1,2}\//.test(specifier)) return `file://${resolvePath(folderOf(url.slice(7)), specifier)}`;
    return this.#resolve(specifier, { name: url, text: '', lines: null, importer: null, meta: null });
  }

  /** Runs what a module needs, then the module; gives the promise that it is done. */
  *#evaluateAll(record: Record_): Steps<JsObject> {
    if (record.promise !== null) return record.promise;
    const { object, state } = newPromise();
    record.promise = object;
    this.#running.add(record);
    const failed = yield* this.#evaluateInto(record, state);
    this.#running.delete(record);
    return failed ?? object;
  }

  *#evaluateInto(record: Record_, state: ReturnType<typeof newPromise>['state']): Steps<JsObject | null> {
    try {
      const waits: JsObject[] = [];
      for (const target of record.requests.values()) {
        const promise = yield* this.#evaluateAll(target);
        const own = stateOf(promise);
        if (own?.status === 'rejected') {
          own.isHandled = true;
          realm().rejected.delete(own);
          throw new Thrown(own.value);
        }
        // One that is being run further out is a circle: nobody waits for it.
        if (own?.status === 'pending' && !this.#running.has(target)) waits.push(promise);
      }
      if (waits.length > 0) {
        const frame = this.#frame(record.scope, { name: record.url, text: '', lines: null, importer: null, meta: null });
        const late = runAsync(frame, () => start(this.#afterOthers(record, waits, frame)));
        yield* settle(resolve(state, late as Value));
        return null;
      }
      yield* settle(resolve(state, yield* this.#runOne(record)));
    } catch (error) {
      reject(state, thrownValue(error));
    }
    return null;
  }

  *#afterOthers(record: Record_, waits: readonly JsObject[], frame: Frame): Steps {
    for (const one of waits) if (stateOf(one)?.status !== 'fulfilled') yield* waiting(frame, 'await', one);
    return yield* waiting(frame, 'await', yield* this.#runOne(record));
  }

  *#runOne(record: Record_): Steps {
    if (record.load !== null) {
      const exports = yield* record.load();
      yield* fillFrom(record, exports);
      return undefined;
    }
    if (record.start === null) return undefined;
    const result = record.start();
    const promise = result === PENDING ? yield* settle(result) : result;
    const state = stateOf(promise as Value);
    if (state?.status === 'fulfilled') return undefined;
    if (state?.status === 'rejected') {
      state.isHandled = true;
      realm().rejected.delete(state);
      throw new Thrown(state.value);
    }
    return promise as Value;
  }
}

const refValue = (ref: ReturnType<typeof refOf>): Value => ref.scope.slots[ref.slot] as Value;

/** The names of a module of CommonJS, when it has run. */
function* fillFrom(record: Record_, exports: Value): Steps {
  for (const [name, ref] of record.exports) {
    if (name === 'default') ref.scope.slots[ref.slot] = exports;
    else if (isObject(exports)) ref.scope.slots[ref.slot] = yield* got(get(exports, name));
  }
  const missing = isObject(exports)
    ? [...record.exports.keys()].find(
        (name) => name !== 'default' && !importedNames(exports).includes(name) && get(exports, name) === undefined,
      )
    : undefined;
  if (missing !== undefined && record.wanted !== undefined) {
    const { specifier } = record.wanted;
    throw new Thrown(
      framed(
        'SyntaxError',
        `Named export '${missing}' not found. The requested module '${specifier}' is a CommonJS module, which may not support all module.exports as named exports.\nCommonJS modules can always be imported via the default export, for example using:\n\nimport pkg from '${specifier}';\nconst {${missing}} = pkg;\n`,
        ESM_FRAMES.slice(1),
      ),
    );
  }
  record.values = exports;
  return undefined;
}

export const makeNew = construct;
export const plainObject = objectOf;
export const hideOn = hide;
