/** Whole scripts: compiled, with a function to run them. */
import type { AnyNode, Program } from 'acorn';
import { runAsync } from '../runtime/promises.ts';
import { suspend, taken } from '../runtime/steps.ts';
import type { Result, Slot, Value } from '../runtime/values.ts';
import { PENDING } from '../runtime/values.ts';
import { Frame, Scope, type SourceFile, vm } from '../runtime/vm.ts';
import { type Context, freshSlots } from './context.ts';
import { expression } from './expressions.ts';
import { parseScript } from './parse.ts';
import { isStrict, lexicalNames, markClosures, StaticScope, varNames } from './scope.ts';
import { block, hoist } from './statements.ts';

export const newFile = (name: string, text: string): SourceFile => ({ name, text, lines: null, importer: null, meta: null });

function contextOf(file: SourceFile, program: Program, scope: StaticScope, isModule: boolean): Context {
  return {
    scope,
    file,
    closures: markClosures(program),
    strict: isModule || isStrict(program.body),
    isAsync: isModule,
    isGenerator: false,
    isArrow: false,
    isModule,
    privates: new Map(),
    labels: [],
  };
}

export interface Wrapped {
  /** Runs the script as a function's body with these arguments. */
  run(args: readonly Value[], self: Value, name: string): Result;
}

/** A script as the body of a function with these parameters: a module of CommonJS, or one of the library. */
export function compileWrapped(file: SourceFile, params: readonly string[]): Wrapped {
  const program = parseScript(file.text, { isModule: false });
  const scope = new StaticScope(null, { isFunction: true });
  for (const name of params) scope.declare(name, 'param');
  for (const name of varNames(program.body)) scope.declare(name, 'var');
  for (const { name, kind } of lexicalNames(program.body)) scope.declare(name, kind);
  const context = contextOf(file, program, scope, false);
  const functions = hoist(context, program.body);
  const statements = block(context, program.body);
  const slots = freshSlots(scope);
  return {
    run: (args, self, name) => {
      const own: Slot[] = slots.slice();
      for (const [at, value] of args.entries()) own[at] = value;
      const variables = new Scope(null, own);
      vm.realm?.scopes.push(variables);
      const frame = new Frame({
        scope: variables,
        self,
        args,
        fn: null,
        newTarget: undefined,
        caller: vm.top,
        top: null,
        file,
        name,
      });
      vm.top = frame;
      functions(frame);
      const done = statements(frame);
      if (done !== PENDING) return undefined;
      const held = taken();
      return suspend(
        (function* () {
          yield held;
          return undefined;
        })(),
      );
    },
  };
}

/** A module's code, before it has been linked. */
export interface CompiledModule {
  readonly program: Program;
  readonly scope: StaticScope;
  readonly slots: readonly Slot[];
  /** Functions are there before any module runs. */
  readonly prepare: (frame: Frame) => void;
  readonly run: (frame: Frame) => Result;
}

export function compileModule(file: SourceFile, imported: (program: Program) => readonly string[]): CompiledModule {
  const program = parseScript(file.text, { isModule: true });
  const scope = new StaticScope(null, { isFunction: true });
  for (const name of imported(program)) scope.declare(name, 'import');
  for (const name of varNames(program.body)) scope.declare(name, 'var');
  for (const { name, kind } of lexicalNames(program.body)) scope.declare(name, kind);
  scope.declare('*default*', 'let');
  const context = contextOf(file, program, scope, true);
  const prepare = hoist(context, program.body);
  const statements = block(context, program.body);
  return {
    program,
    scope,
    slots: freshSlots(scope),
    prepare,
    run: (frame) => runAsync(frame, () => statements(frame) as Result),
  };
}

/** A script at the top: `-e`, `-p`, a line of the REPL. Names that it declares are the global object's, as far as the REPL goes. */
export interface Evaluated {
  run(): Result;
}

export function compileGlobal(file: SourceFile, options: { readonly mayAwait?: boolean; readonly isRepl?: boolean } = {}): Evaluated {
  const program = parseScript(file.text, { isModule: false, ...options });
  const scope = new StaticScope(null, { isOwn: true });
  // At the prompt names stay for the lines that follow: they are the global object's.
  if (!options.isRepl) for (const { name, kind } of lexicalNames(program.body)) scope.declare(name, kind);
  const context = { ...contextOf(file, program, scope, false), isAsync: options.mayAwait ?? false };
  const functions = hoist(context, program.body);
  const last = program.body.at(-1);
  const isValue = last?.type === 'ExpressionStatement';
  const before = block(context, isValue ? program.body.slice(0, -1) : program.body);
  const value = isValue ? expression(context, (last as AnyNode & { expression: AnyNode }).expression) : () => undefined;
  const slots = freshSlots(scope);
  return {
    run: () => {
      const frame = new Frame({
        scope: new Scope(null, slots.slice()),
        self: vm.realm?.global,
        args: [],
        fn: null,
        newTarget: undefined,
        caller: vm.top,
        top: null,
        file,
        name: '',
      });
      vm.top = frame;
      const body = (): Result => {
        functions(frame);
        const done = before(frame);
        if (done !== PENDING) return value(frame);
        const held = taken();
        return suspend(
          (function* () {
            yield held;
            const result = value(frame);
            return result === PENDING ? yield taken() : result;
          })(),
        );
      };
      return options.mayAwait ? runAsync(frame, body) : body();
    },
  };
}
