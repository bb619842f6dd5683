/** Contexts of builds as files of a machine's start. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { StartFile } from '../../src/engine/machine/types.ts';

const filesIn = (root: string, directory: string): readonly string[] =>
  readdirSync(path.join(root, directory), { withFileTypes: true }).flatMap((entry) => {
    const name = path.posix.join(directory, entry.name);
    return entry.isDirectory() ? filesIn(root, name) : [name];
  });

/** Everything below a directory, at a place of the machine; what begins with `#!` can be executed. */
export const contextFiles = (root: string, at: string): readonly StartFile[] =>
  filesIn(root, '.').map((name) => {
    const bytes = new Uint8Array(readFileSync(path.join(root, name)));
    return { path: `${at}/${name}`, bytes, mode: bytes[0] === 35 && bytes[1] === 33 ? 0o755 : 0o644 };
  });
