/** What `import` says of what is not there. */
import { writeStack } from '../runtime/traces.ts';
import type { JsObject } from '../runtime/values.ts';
import { framed } from './commonjs.ts';
import { MISSING_FILE_FRAMES, MISSING_PACKAGE_FRAMES } from './esm-frames.ts';
import { folderOf, resolvePath, splitName } from './paths.ts';
import type { Resolved } from './resolve.ts';

function coded(message: string, code: string, frames: readonly string[]): JsObject {
  const error = framed('Error', message, frames, code);
  writeStack(error, [`Error [${code}]: ${message}`, ...frames].join('\n'));
  error.props.set('code', code);
  return error;
}

export function notFound(found: Exclude<Resolved, { kind: 'file' }>, specifier: string, from: string): JsObject {
  if (found.kind === 'hidden')
    return coded(
      found.subpath === '.'
        ? `No "exports" main defined in ${found.packagePath} imported from ${from}`
        : `Package subpath '${found.subpath}' is not defined by "exports" in ${found.packagePath} imported from ${from}`,
      'ERR_PACKAGE_PATH_NOT_EXPORTED',
      [],
    );
  if (found.kind === 'folder') {
    const error = coded(
      `Directory import '${found.path}' is not supported resolving ES modules imported from ${from}`,
      'ERR_UNSUPPORTED_DIR_IMPORT',
      MISSING_FILE_FRAMES,
    );
    error.props.set('url', `file://${found.path}`);
    return error;
  }
  if (/^(\.{1,2}\/|\/|file:)/.test(specifier)) {
    const path = resolvePath(folderOf(from), specifier.replace(/^file:\/\//, ''));
    const error = coded(`Cannot find module '${path}' imported from ${from}`, 'ERR_MODULE_NOT_FOUND', MISSING_FILE_FRAMES);
    if (error.inner?.kind === 'error')
      error.inner.place = {
        file: 'node:internal/modules/esm/resolve',
        line: 272,
        column: 11,
        source: '    throw new ERR_MODULE_NOT_FOUND(',
      };
    error.props.set('url', `file://${path}`);
    return error;
  }
  const error = coded(
    `Cannot find package '${splitName(specifier).name}' imported from ${from}`,
    'ERR_MODULE_NOT_FOUND',
    MISSING_PACKAGE_FRAMES,
  );
  if (error.inner?.kind === 'error')
    error.inner.place = {
      file: 'node:internal/modules/package_json_reader',
      line: 331,
      column: 9,
      source: '  throw new ERR_MODULE_NOT_FOUND(packageName, fileURLToPath(base), null);',
    };
  return error;
}
