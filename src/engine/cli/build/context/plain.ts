/** A context for engines that know nothing of sessions: the Dockerfile and the ignore file are in the tar. Upstream: docker/cli image/build. */
import { readBase64 } from '../../../http/base64.ts';
import type { Io } from '../../io.ts';
import { encodeText } from '../../text.ts';
import type { Body, BuildContext } from './source.ts';
import { ignorePatterns, madeFile, treeBody } from './walk.ts';

export interface PlainContext {
  readonly body?: Body | undefined;
  /** The Dockerfile's path in the tar. */
  readonly dockerfile: string;
}

const NO_FILES = { lstat: () => null, readdir: () => [] };
const IGNORE_FILE = '.dockerignore';

export function plainContext(io: Io, source: BuildContext): PlainContext {
  const { root, lines, dockerfile, dockerfilePath, dockerfileName } = source;
  if (source.kind !== 'directory') return { body: source.body, dockerfile: dockerfileName };
  const bytes = readBase64(dockerfile?.Data ?? '');
  if (root === undefined) {
    const nothing = { files: { ...io.files, ...NO_FILES }, root: '/', patterns: [] };
    return { body: treeBody(nothing, [madeFile(dockerfileName, bytes)]), dockerfile: dockerfileName };
  }
  const inside = dockerfilePath?.startsWith(`${root}/`) === true ? dockerfilePath.slice(root.length + 1) : undefined;
  if (inside !== undefined) {
    const kept = lines.length === 0 ? [] : [...lines, `!${IGNORE_FILE}`, `!${inside}`];
    return { body: treeBody({ files: io.files, root, patterns: ignorePatterns(kept) }), dockerfile: inside };
  }
  // A name that no file has, and that the ignore file keeps out of the image.
  const name = `.dockerfile.${[...io.random.bytes(10)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  const ignore = madeFile(IGNORE_FILE, encodeText([...lines, IGNORE_FILE, name, ''].join('\n')));
  return { body: treeBody({ files: io.files, root, patterns: ignorePatterns(lines) }, [ignore, madeFile(name, bytes)]), dockerfile: name };
}
