/** /exec: commands in containers that run. */
import type { ExecCreateRequest, ExecStartRequest } from '../../api-types/index.ts';
import { keyBytes } from '../../daemon/containers/attach.ts';
import { carryExec } from '../../daemon/containers/attach-exec.ts';
import { checkStart, create, get as getExec, inspect, startExecProcess } from '../../daemon/containers/exec.ts';
import { resizeExec } from '../../daemon/containers/resize.ts';
import { jsonResponse } from '../../http/responses.ts';
import type { HttpResponse } from '../../http/types.ts';
import { body } from '../body.ts';
import { type Call, get, pathParam, post, type Route } from '../router.ts';
import { hijack, MULTIPLEXED, RAW } from '../stream.ts';
import { sizeIn } from '../window-size.ts';

async function createExec({ daemon, request, params }: Call): Promise<HttpResponse> {
  const asked = await body<ExecCreateRequest>(request, 'ExecCreateRequest');
  keyBytes(asked.DetachKeys ?? '');
  return jsonResponse(201, { Id: create(daemon, pathParam(params, 'name'), asked).id });
}

async function startExec({ daemon, request, params }: Call): Promise<HttpResponse> {
  const { Detach = false, ConsoleSize } = await body<ExecStartRequest>(request, 'ExecStartRequest');
  const { container, exec } = getExec(daemon, pathParam(params, 'id'));
  checkStart(container, exec);
  const size = ConsoleSize && ConsoleSize[0] > 0 ? { rows: ConsoleSize[0], columns: ConsoleSize[1] } : undefined;
  if (Detach) {
    await startExecProcess(daemon, container, exec, { size });
    return { status: 200 };
  }
  const isTerminal = exec.request.Tty ?? false;
  return hijack(request, isTerminal ? RAW : MULTIPLEXED, (connection) =>
    carryExec(daemon.sys, connection, {
      exec,
      keys: exec.request.DetachKeys ?? '',
      begin: () => startExecProcess(daemon, container, exec, { size }),
    }),
  );
}

export const execRoutes: readonly Route[] = [
  post('/containers/{name}/exec', createExec),
  post('/exec/{id}/start', startExec),
  post('/exec/{id}/resize', ({ daemon, params, query }) => {
    resizeExec(daemon, pathParam(params, 'id'), sizeIn(query));
    return { status: 200 };
  }),
  get('/exec/{id}/json', ({ daemon, params }) => jsonResponse(200, inspect(getExec(daemon, pathParam(params, 'id')).exec))),
];
