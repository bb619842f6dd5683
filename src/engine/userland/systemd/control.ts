/** What `systemctl` asks of systemd and what it answers, one JSON line each way over a socket. */
import type { Fd, Sys } from '../../kernel/sys.ts';

export const CONTROL_SOCKET = '/run/systemd/private';

export interface ControlRequest {
  readonly verb: 'start' | 'stop' | 'restart' | 'status' | 'is-active' | 'kill';
  readonly units: readonly string[];
  readonly signal?: string;
}

export interface UnitState {
  readonly name: string;
  readonly known: boolean;
  readonly description: string;
  readonly path: string;
  readonly active: 'active' | 'inactive' | 'failed' | 'activating' | 'deactivating';
  readonly sub: 'running' | 'listening' | 'dead' | 'failed';
  readonly pid: number;
  readonly sinceNs: string;
  readonly command: string;
  /** Units that would start this one again: its sockets. */
  readonly triggeredBy: readonly string[];
}

export interface ControlAnswer {
  readonly error?: string;
  readonly states: readonly UnitState[];
}

const PIECE_BYTES = 65_536;

/** Reads one line of JSON; undefined if the other end closed first. */
export async function readMessage<T>(sys: Sys, fd: Fd): Promise<T | undefined> {
  const decoder = new TextDecoder();
  let text = '';
  while (!text.includes('\n')) {
    const piece = await sys.read(fd, PIECE_BYTES);
    if (piece.length === 0) return undefined;
    text += decoder.decode(piece, { stream: true });
  }
  return JSON.parse(text) as T;
}

export async function writeMessage(sys: Sys, fd: Fd, message: unknown): Promise<void> {
  await sys.write(fd, new TextEncoder().encode(`${JSON.stringify(message)}\n`));
}
