/** Answers that go on: lines of JSON, and connections that are taken over. */

import { messageOf } from '../daemon/errors.ts';
import { header, headerWords } from '../http/headers.ts';
import type { Duplex, HttpRequest, HttpResponse } from '../http/types.ts';
import { errorResponse } from './errors.ts';

const encoder = new TextEncoder();
export const MULTIPLEXED = 'application/vnd.docker.multiplexed-stream';
export const RAW = 'application/vnd.docker.raw-stream';

/** A line of JSON as Docker's streams end it. */
export const jsonLine = (value: unknown): Uint8Array => encoder.encode(`${JSON.stringify(value)}\r\n`);

export type Say = (message: unknown) => Promise<void>;

/**
 * Messages, one by one, as `produce` makes them. If it fails before it has said anything, the failure is the answer; after that the
 * head is out, and the failure is the last message. With `always` it is a message in any case.
 */
export async function jsonStream(spawn: Spawn, produce: (say: Say) => Promise<void>, { always = false } = {}): Promise<HttpResponse> {
  const line = createLine(spawn, produce);
  const first = await line.next();
  if (first.kind === 'failed' && !always) return errorResponse(first.error);
  return {
    status: 200,
    headers: [['Content-Type', 'application/json']],
    body: async (write) => {
      try {
        for (let item: Item = first; item.kind !== 'end'; item = await line.next()) {
          if (item.kind === 'message') await write(jsonLine(item.value));
          else {
            await write(jsonLine({ error: messageOf(item.error), errorDetail: { message: messageOf(item.error) } }));
            return;
          }
        }
      } catch (error) {
        line.leave();
        throw error;
      }
    },
  };
}

/** How a second task of the daemon is begun, and how tasks wait for each other. */
export interface Spawn {
  thread(body: () => Promise<void>): unknown;
  queue(): { wait(): Promise<boolean>; wake(): void };
}

type Item =
  | { readonly kind: 'message'; readonly value: unknown }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'end' };

/** Whoever listened is gone: what is said now ends the one who says it. */
class ListenerGone extends Error {
  override readonly name = 'ListenerGone';
}

interface Line {
  next(): Promise<Item>;
  /** Nobody will ask any more. */
  leave(): void;
}

function createLine(spawn: Spawn, produce: (say: Say) => Promise<void>): Line {
  let isLeft = false;
  const items: Item[] = [];
  const queue = spawn.queue();
  const add = (item: Item): void => {
    items.push(item);
    queue.wake();
  };
  spawn.thread(async () => {
    try {
      await produce(async (value) => {
        if (isLeft) throw new ListenerGone('context canceled');
        add({ kind: 'message', value });
      });
      add({ kind: 'end' });
    } catch (error) {
      add({ kind: 'failed', error });
    }
  });
  return {
    next: async () => {
      while (items.length === 0) await queue.wait();
      return items.shift() ?? { kind: 'end' };
    },
    leave: () => {
      isLeft = true;
    },
  };
}

/** Takes the connection over: 101 for clients that ask for an upgrade, 200 for old ones. */
export function hijack(request: HttpRequest, contentType: string, carry: (connection: Duplex) => Promise<void>): HttpResponse {
  const wantsUpgrade = headerWords(request.headers, 'connection').includes('upgrade') || header(request.headers, 'upgrade') !== undefined;
  const upgrade = async (connection: Duplex): Promise<void> => {
    await carry(connection);
    connection.closeWrite();
  };
  if (!wantsUpgrade) return { status: 200, headers: [['Content-Type', RAW]], upgrade };
  return {
    status: 101,
    reason: 'UPGRADED',
    headers: [
      ['Content-Type', contentType],
      ['Connection', 'Upgrade'],
      ['Upgrade', 'tcp'],
    ],
    upgrade,
  };
}

export const noContent = (): HttpResponse => ({ status: 204 });
export const ok = (): HttpResponse => ({ status: 200 });
