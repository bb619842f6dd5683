/** The frames of node below a module, as Node.js 24 has them. */
const job = (place: string): string => `node:internal/modules/esm/module_job:${place}`;
const loader = (place: string): string => `node:internal/modules/esm/loader:${place}`;
const resolver = (place: string): string => `node:internal/modules/esm/resolve:${place}`;

export const ESM_FRAMES: readonly string[] = [
  `    at ModuleJob.run (${job('561:25')})`,
  `    at async ${loader('647:26')}`,
  '    at async asyncRunEntryPointWithESMLoader (node:internal/modules/run_main:101:5)',
];
export const ESM_LINK_FRAMES: readonly string[] = [
  `    at #asyncInstantiate (${job('455:21')})`,
  `    at async ModuleJob.run (${job('553:5')})`,
  ...ESM_FRAMES.slice(1),
];
export const ESM_SYNTAX_FRAMES: readonly string[] = [
  '    at compileSourceTextModule (node:internal/modules/esm/utils:319:16)',
  '    at ModuleLoader.moduleStrategy (node:internal/modules/esm/translators:89:18)',
  `    at #translate (${loader('438:20')})`,
  `    at afterLoad (${loader('506:29')})`,
  `    at ModuleLoader.loadAndTranslate (${loader('511:12')})`,
  `    at #getOrCreateModuleJobAfterResolve (${loader('564:36')})`,
  `    at afterResolve (${loader('611:52')})`,
  `    at ModuleLoader.getOrCreateModuleJob (${loader('617:12')})`,
  `    at ${loader('636:32')}`,
  '    at TracingChannel.tracePromise (node:diagnostics_channel:362:14)',
];
const LOOKING: readonly string[] = [
  `    at defaultResolve (${resolver('1006:11')})`,
  `    at #cachedDefaultResolve (${loader('705:20')})`,
  `    at #resolveAndMaybeBlockOnLoaderThread (${loader('725:38')})`,
  `    at ModuleLoader.resolveSync (${loader('763:56')})`,
  `    at #resolve (${loader('687:17')})`,
  `    at ModuleLoader.getOrCreateModuleJob (${loader('607:35')})`,
  `    at ModuleJob.syncLink (${job('276:33')})`,
  `    at ModuleJob.link (${job('381:17')})`,
];
export const MISSING_FILE_FRAMES: readonly string[] = [
  `    at finalizeResolution (${resolver('272:11')})`,
  `    at moduleResolve (${resolver('879:10')})`,
  ...LOOKING,
];
export const MISSING_PACKAGE_FRAMES: readonly string[] = [
  '    at Object.getPackageJSONURL (node:internal/modules/package_json_reader:331:9)',
  `    at packageResolve (${resolver('784:25')})`,
  `    at moduleResolve (${resolver('873:18')})`,
  ...LOOKING.slice(0, 7),
];
