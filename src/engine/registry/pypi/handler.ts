/** Python's index of packages: its pages in JSON (PEP 691), and the wheels. */
import type { Handler, HttpResponse } from '../../http/types.ts';
import { digestOf } from '../../oci/index.ts';
import { PROJECTS } from './projects/index.ts';
import { type Project, wheelName, wheelOf } from './wheel.ts';

const encoder = new TextEncoder();
const answer = (status: number, body: Uint8Array | string, type: string): HttpResponse => ({
  status,
  headers: [['Content-Type', type]],
  body: typeof body === 'string' ? encoder.encode(body) : body,
});

const canonical = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-');

const page = (project: Project, wheel: Uint8Array): string =>
  JSON.stringify({
    meta: { 'api-version': '1.1' },
    name: canonical(project.name),
    versions: [project.version],
    files: [
      {
        filename: wheelName(project),
        url: `https://files.pythonhosted.org/packages/${wheelName(project)}`,
        hashes: { sha256: digestOf(wheel).slice('sha256:'.length) },
        'requires-python': '>=3.8',
        size: project.sizeBytes,
      },
    ],
  });

export const pypiHandler: Handler = async ({ method, path }) => {
  if (method !== 'GET' && method !== 'HEAD') return answer(405, '405 Method Not Allowed', 'text/plain');
  const name = /^\/simple\/([^/]+)\/$/.exec(path)?.[1];
  const project = PROJECTS.find((one) => canonical(one.name) === name);
  if (project !== undefined) return answer(200, page(project, wheelOf(project)), 'application/vnd.pypi.simple.v1+json');
  const wheel = PROJECTS.find((one) => path === `/packages/${wheelName(one)}`);
  return wheel === undefined ? answer(404, '404 Not Found', 'text/plain') : answer(200, wheelOf(wheel), 'binary/octet-stream');
};
