/**
 * What the page of a machine asks beside the Engine's own API, and can be answered by looking alone: a container's processes (`top` runs
 * a `ps`, which is a process too), and the files of whoever types on the host.
 */

import { processTable } from '../../daemon/system/container-processes.ts';
import { readdir, readFile, remove, writeFile } from '../../daemon/system/host-files.ts';
import { jsonResponse, readAll } from '../../http/responses.ts';
import type { HttpResponse } from '../../http/types.ts';
import { type Call, del, get, pathParam, put, type Route } from '../router.ts';
import { noContent } from '../stream.ts';

const MOST_BYTES = 8 * 1024 * 1024;
const pathOf = ({ query }: Call): string => query.get('path') ?? '';

function read(call: Call): HttpResponse {
  const { sys } = call.daemon;
  const listed = readdir(sys, pathOf(call));
  if (listed) return jsonResponse(200, listed);
  return { status: 200, headers: [['Content-Type', 'application/octet-stream']], body: readFile(sys, pathOf(call)) };
}

async function write(call: Call): Promise<HttpResponse> {
  writeFile(call.daemon.sys, pathOf(call), await readAll(call.request, MOST_BYTES));
  return noContent();
}

export const lookRoutes: readonly Route[] = [
  get('/drydock/containers/{name}/top', ({ daemon, params }) => jsonResponse(200, processTable(daemon, pathParam(params, 'name')))),
  get('/drydock/files', read),
  put('/drydock/files', write),
  del('/drydock/files', (call) => {
    remove(call.daemon.sys, pathOf(call));
    return noContent();
  }),
];
