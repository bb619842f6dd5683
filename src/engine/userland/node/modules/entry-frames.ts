/** The frames of node itself below a script's own, as Node.js 24 has them. */
const loader = (place: string): string => `node:internal/modules/cjs/loader:${place}`;

/** Below the main script. */
export const MAIN_FRAMES: readonly string[] = [
  `    at Module._compile (${loader('1929:14')})`,
  `    at Object..js (${loader('2060:10')})`,
  `    at Module.load (${loader('1651:32')})`,
  `    at Module._load (${loader('1443:12')})`,
  `    at wrapModuleLoad (${loader('261:19')})`,
  '    at Module.executeUserEntryPoint [as runMain] (node:internal/modules/run_main:154:5)',
  '    at node:internal/main/run_main_module:33:47',
];
/** Between a module and the one that requires it. */
export const REQUIRE_FRAMES: readonly string[] = [
  ...MAIN_FRAMES.slice(0, 5),
  `    at Module.require (${loader('1674:12')})`,
  '    at require (node:internal/modules/helpers:157:16)',
];
/** What looks for a module. */
export const RESOLVE_FRAMES: readonly string[] = [
  `    at Module._resolveFilename (${loader('1564:15')})`,
  `    at wrapResolveFilename (${loader('1118:27')})`,
  `    at defaultResolveImplForCJSLoading (${loader('1142:10')})`,
  `    at resolveForCJSWithHooks (${loader('1169:12')})`,
  `    at Module._load (${loader('1341:5')})`,
  `    at wrapModuleLoad (${loader('261:19')})`,
];
/** Below a script of `-e`. */
export const EVAL_FRAMES: readonly string[] = [
  '    at runScriptInThisContext (node:internal/vm:219:10)',
  '    at node:internal/process/execution:451:12',
  '    at [eval]-wrapper:6:24',
  '    at runScriptInContext (node:internal/process/execution:449:60)',
  '    at evalFunction (node:internal/process/execution:283:30)',
  '    at evalTypeScript (node:internal/process/execution:295:3)',
  '    at node:internal/main/eval_string:71:3',
];
/** Below a script that came by standard input. */
export const STDIN_FRAMES: readonly string[] = [
  ...EVAL_FRAMES.slice(0, 2),
  '    at [stdin]-wrapper:6:24',
  ...EVAL_FRAMES.slice(3, 6),
  '    at node:internal/main/eval_stdin:51:5',
  '    at Socket.<anonymous> (node:internal/process/execution:205:5)',
  '    at Socket.emit (node:events:526:24)',
];
/** Where a script is found to be none. */
export const SYNTAX_FRAMES: readonly string[] = [
  `    at wrapSafe (${loader('1861:18')})`,
  `    at Module._compile (${loader('1903:20')})`,
  ...MAIN_FRAMES.slice(1),
];
export const EVAL_SYNTAX_FRAMES: readonly string[] = [
  '    at makeContextifyScript (node:internal/vm:194:14)',
  '    at compileScript (node:internal/process/execution:388:10)',
  '    at evalTypeScript (node:internal/process/execution:260:22)',
  '    at node:internal/main/eval_string:71:3',
];
