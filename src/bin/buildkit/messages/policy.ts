/** `PolicyVerifier`: the client says which sources a build may use. Upstream: moby/buildkit sourcepolicy/policysession. */
import type { Platform } from './control.ts';
import { int, list, map, message, one, type Texts, text } from './message.ts';

export interface Source {
  /** `docker-image://docker.io/library/busybox:1.35`, `local://context`, a URL. */
  readonly identifier: string;
  readonly attrs: Texts;
}
export interface CheckRequest {
  readonly platform: Platform;
  readonly source: { readonly source: Source };
}
export const POLICY_ACTION = { allow: 0, deny: 1, convert: 2 } as const;
export interface Decision {
  readonly action: number;
  readonly denyMessages: readonly { readonly message: string }[];
}
/** A decision, or the wish to know more of the source first. */
export interface CheckResponse {
  readonly decision?: Decision;
  readonly request?: object;
}

const SOURCE = { identifier: text(1), attrs: map(2, 'string') };

export const CHECK_REQUEST = message<CheckRequest>({
  platform: one(1, { architecture: text(1), os: text(2), variant: text(3) }),
  source: one(2, { source: one(1, SOURCE) }),
});
export const CHECK_RESPONSE = message<CheckResponse>({
  decision: one(1, { action: int(1), denyMessages: list(2, { message: text(1) }) }),
  request: one(2, {}),
});
