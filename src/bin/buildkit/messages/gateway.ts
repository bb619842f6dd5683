/** `moby.buildkit.v1.frontend.LLBBridge`: how a client leads a build by itself. Upstream: moby/buildkit frontend/gateway/pb/gateway.proto. */
import { STATUS, type Status } from '../grpc/status.ts';
import { WORKER, type WorkerRecord } from './control.ts';
import { DEFINITION, type Definition } from './definition.ts';
import { type Entry, flag, list, map, message, one, type Texts, text } from './message.ts';

export interface Capability {
  readonly id: string;
  readonly enabled: boolean;
  /** Why not. */
  readonly disabledReasonMsg?: string;
}
const CAPABILITY = { id: text(1), enabled: flag(2), disabledReasonMsg: text(5) };

export interface Pong {
  readonly frontendCaps: readonly Capability[];
  readonly llbCaps: readonly Capability[];
  readonly workers: readonly WorkerRecord[];
}
export const PONG = message<Pong>({ frontendCaps: list(1, CAPABILITY), llbCaps: list(2, CAPABILITY), workers: list(3, WORKER) });

export const STAT_REQUEST = message<{ readonly ref: string; readonly path: string }>({ ref: text(1), path: text(2) });

export interface FrontendRequest {
  readonly definition?: Definition;
  readonly frontend: string;
  readonly frontendOpt: Texts;
  readonly frontendInputs: readonly Entry<Uint8Array>[];
  readonly evaluate: boolean;
}
export const FRONTEND_REQUEST = message<FrontendRequest>({
  definition: one(1, DEFINITION),
  frontend: text(2),
  frontendOpt: map(3, 'string'),
  frontendInputs: map(13, 'bytes'),
  evaluate: flag(14),
});

export interface Result {
  readonly ref?: { readonly id: string };
  /** For several platforms. */
  readonly refs?: object;
  readonly metadata: readonly Entry<Uint8Array>[];
}
const RESULT = { ref: one(3, { id: text(1) }), refs: one(4, {}), metadata: map(10, 'bytes') };

export const FRONTEND_RESPONSE = message<{ readonly result: Result }>({ result: one(3, RESULT) });
export const RETURN_REQUEST = message<{ readonly result?: Result; readonly error?: Status }>({
  result: one(1, RESULT),
  error: one(2, STATUS),
});
