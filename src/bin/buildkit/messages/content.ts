/** `containerd.services.content.v1.Content`, as far as it is read. Upstream: containerd api/services/content/v1/content.proto. */
import type { Timestamp } from '../../../engine/api-types/protobuf.ts';
import { bytes, int, message, one, text } from './message.ts';

export const INFO_REQUEST = message<{ readonly digest: string }>({ digest: text(1) });

export interface Info {
  readonly digest: string;
  readonly size: number;
  readonly createdAt: Timestamp;
  readonly updatedAt: Timestamp;
}
export const INFO_RESPONSE = message<{ readonly info: Info }>({
  info: one(1, { digest: text(1), size: int(2), createdAt: one(3, 'time'), updatedAt: one(4, 'time') }),
});

/** `size` 0: up to the end. */
export const READ_REQUEST = message<{ readonly digest: string; readonly offset: number; readonly size: number }>({
  digest: text(1),
  offset: int(2),
  size: int(3),
});
export const READ_RESPONSE = message<{ readonly offset: number; readonly data: Uint8Array }>({ offset: int(1), data: bytes(2) });
