/** A project's files in memory, and what is read from them. */

import { loadProject } from '../../../../src/engine/cli/compose/project/load.ts';
import type { Project } from '../../../../src/engine/cli/compose/project/types.ts';
import type { Io } from '../../../../src/engine/cli/io.ts';

export interface Given {
  readonly files: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly asked?: readonly string[];
  readonly profiles?: readonly string[];
  readonly services?: readonly string[];
}

const CWD = '/home/learner/lab';

/** Loads the project; `warnings` gathers what it warns of. */
export function load({ files, env = {}, asked = [], profiles = [], services = [] }: Given, warnings: string[] = []): Project {
  const all = new Map(Object.entries(files).map(([name, text]) => [`${CWD}/${name}`, text]));
  const missing = () => Object.assign(new Error('ENOENT'), { code: 'ENOENT' });
  const io = {
    env: new Map(Object.entries({ HOME: '/home/learner', ...env })),
    cwd: CWD,
    files: {
      stat: (path: string) => (all.has(path) ? { type: 'file' } : null),
      read: (path: string) => {
        const text = all.get(path);
        if (text === undefined) throw missing();
        return new TextEncoder().encode(text);
      },
    },
  } as unknown as Io;
  const names = { files: asked, projectDirectory: '', projectName: '', envFiles: [], profiles };
  return loadProject({ io, asked: names, stdin: '', services, warn: (message) => void warnings.push(message) });
}

/** A project of one file. */
export const project = (text: string, env: Readonly<Record<string, string>> = {}): Project =>
  load({ files: { 'compose.yaml': text }, env });
