import type { ExecCreateRequest, ExecCreateResponse, ExecInspect, ExecStartRequest } from '../../api-types/index.ts';
import { encodeText } from '../text.ts';
import { type DockerHttp, segment } from './http.ts';
import { containerSegment, nameSegment } from './names.ts';

export const execs = (http: DockerHttp) => ({
  create: async (container: string, body: ExecCreateRequest) =>
    http.post<ExecCreateResponse>(`/containers/${containerSegment(container)}/exec`, { json: body }),
  start: (id: string, body: ExecStartRequest) => http.post<null>(`/exec/${segment(id)}/start`, { json: body }),
  attach: (id: string, body: ExecStartRequest) =>
    http.hijack(`/exec/${segment(id)}/start`, { body: encodeText(`${JSON.stringify(body)}\n`), contentType: 'application/json' }),
  inspect: (id: string) => http.get<ExecInspect>(`/exec/${segment(id)}/json`),
  resize: (id: string, size: { rows: number; columns: number }) =>
    http.post<null>(`/exec/${nameSegment('exec', id)}/resize`, { query: { h: String(size.rows), w: String(size.columns) } }),
});
