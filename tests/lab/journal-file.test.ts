/** A session as a file or a link: it comes back as it was, and nothing else comes in. */
import fc from 'fast-check';
import { zlibSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/engine/machine/types.ts';
import {
  commandsOf,
  FILE_LIMITS,
  fromLink,
  JournalError,
  type JournalFile,
  LINK_LIMITS,
  pack,
  toLink,
  unpack,
} from '../../src/lab/journal-file.ts';
import { SPEC } from './living.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const SESSION: readonly Entry[] = [
  { at: 5n, input: { kind: 'open-terminal', terminal: 1, size: { columns: 80, rows: 24 } }, digest: 'abc123' },
  { at: 1_000_000_007n, input: { kind: 'type', terminal: 1, text: '\x15docker run -it alpine\r' }, digest: 'abc124', step: 'docker run' },
  { at: 1_000_000_007n, input: { kind: 'type', terminal: 1, text: 'ls\rex' } },
  { at: 2_000_000_000n, input: { kind: 'type', terminal: 1, text: 'it\x04' } },
  { at: 3_000_000_000n, input: { kind: 'dial', connection: 2, to: { unix: '/var/run/docker.sock' } }, step: 'POST' },
  { at: 3_000_000_000n, input: { kind: 'send', connection: 2, bytes: bytes('DELETE /containers/x HTTP/1.1\r\nhost: docker\r\n\r\n') } },
  { at: 4_000_000_000n, input: { kind: 'run', job: 1, argv: ['sh', '-c', 'echo hi'] } },
];
const FILE: JournalFile = {
  spec: { ...SPEC, files: [{ path: '/home/learner/Dockerfile', bytes: bytes('FROM alpine\n'), mode: 0o644 }] },
  entries: SESSION,
  terminals: ['main'],
};

const faultOf = (job: () => unknown): string => {
  try {
    job();
  } catch (error) {
    if (error instanceof JournalError) return error.fault;
    throw error;
  }
  return 'none';
};
const json = (value: unknown): Uint8Array => zlibSync(bytes(JSON.stringify(value)));
const whole = { drydock: 1, engine: '0.1.0', machine: { seed: 1, start: 'empty', images: [], files: [] }, terminals: [], line: [] };

describe('a journal’s file', () => {
  it('comes back as it was', () => {
    expect(unpack(pack(FILE), FILE_LIMITS)).toEqual(FILE);
  });

  it('fits into a link, without digests', () => {
    const link = toLink(FILE);
    expect(link?.isWhole).toBe(true);
    expect(link?.text).toMatch(/^[\w-]+$/);
    expect(fromLink(link?.text ?? '').entries).toEqual(SESSION.map(({ digest: _digest, ...entry }) => entry));
  });

  it('leaves uploads out of a link, and says so', () => {
    const upload: readonly Entry[] = [
      { at: 1n, input: { kind: 'dial', connection: 9, to: { unix: '/s' } } },
      { at: 1n, input: { kind: 'send', connection: 9, bytes: new Uint8Array(5000) } },
      { at: 2n, input: { kind: 'end', connection: 9 } },
    ];
    const link = toLink({ ...FILE, entries: [...upload, { at: 3n, input: { kind: 'hang-up', terminal: 1 } }] });
    expect(link?.isWhole).toBe(false);
    expect(fromLink(link?.text ?? '').entries.map(({ input }) => input.kind)).toEqual(['hang-up']);
  });

  it('is no link if it is too long', () => {
    const noise = Array.from({ length: 9000 }, (_, at): Entry => ({ at: BigInt(at), input: { kind: 'hang-up', terminal: 1 } }));
    expect(toLink({ ...FILE, entries: noise })).toBeNull();
  });

  it('tells what it would do from what it enters, not from the names it gives', () => {
    const named: JournalFile = {
      ...FILE,
      entries: [{ at: 1n, input: { kind: 'type', terminal: 1, text: 'rm -rf /\r' }, step: 'echo harmless' }],
    };
    expect(commandsOf(named)).toEqual(['rm -rf /']);
    expect(commandsOf(FILE)).toEqual(['docker run -it alpine', 'ls', 'DELETE /containers/x', 'sh -c echo hi', 'exit^D']);
  });
});

describe('what is no journal', () => {
  it.each([
    ['nothing', new Uint8Array(), 'not-a-journal'],
    ['a picture', new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10, 0, 0]), 'not-a-journal'],
    ['half a journal', pack(FILE).subarray(0, 60), 'not-a-journal'],
    ['another JSON', json([1, 2]), 'not-a-journal'],
    ['a bomb', zlibSync(new Uint8Array(50_000_000)), 'too-big'],
    ['a later layout', json({ ...whole, drydock: 2 }), 'newer'],
    ['an input of the agent’s own', json({ ...whole, line: [['0', { kind: 'format-disk' }, '', null]] }), 'not-a-journal'],
    ['times that go back', json({ ...whole, line: [['-5', { kind: 'hang-up', terminal: 1 }, '', null]] }), 'not-a-journal'],
    ['a year', json({ ...whole, line: [[`${10n ** 17n}`, { kind: 'hang-up', terminal: 1 }, '', null]] }), 'too-long'],
    ['an image’s name that is none', json({ ...whole, machine: { ...whole.machine, images: ['a; rm -rf /'] } }), 'not-a-journal'],
    [
      'a file elsewhere',
      json({ ...whole, machine: { ...whole.machine, files: [{ path: '/home/../etc/passwd', bytes: '', mode: 420 }] } }),
      'not-a-journal',
    ],
    [
      'a wall for a terminal',
      json({ ...whole, line: [['0', { kind: 'resize', terminal: 1, size: { columns: 1e9, rows: 2 } }, '', null]] }),
      'not-a-journal',
    ],
    ['a novel', json({ ...whole, line: [['0', { kind: 'type', terminal: 1, text: 'x'.repeat(9000) }, '', null]] }), 'not-a-journal'],
    [
      'too many entries',
      json({ ...whole, line: Array.from({ length: 4001 }, () => ['0', { kind: 'hang-up', terminal: 1 }, '', null]) }),
      'too-long',
    ],
  ])('%s is refused', (_, packed, fault) => {
    expect(faultOf(() => unpack(packed, LINK_LIMITS))).toBe(fault);
  });

  it('is refused in words, whatever it is', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (noise) => faultOf(() => unpack(noise, LINK_LIMITS)) !== ''));
    fc.assert(fc.property(fc.jsonValue(), (value) => faultOf(() => unpack(json(value), LINK_LIMITS)) !== ''));
    fc.assert(
      fc.property(fc.jsonValue(), (value) => faultOf(() => unpack(json({ ...whole, line: [['0', value, '', null]] }), LINK_LIMITS)) !== ''),
    );
    fc.assert(fc.property(fc.string(), (text) => faultOf(() => fromLink(text)) !== ''));
  });
});
