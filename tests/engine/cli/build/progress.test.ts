import { describe, expect, test } from 'vitest';
import { decodeStatusResponse, encodeStatusResponse, type StatusResponse } from '../../../../src/engine/api-types/build-trace.ts';
import { ConsoleDisplay } from '../../../../src/engine/cli/build/progress/console.ts';
import { mergeIntervals } from '../../../../src/engine/cli/build/progress/intervals.ts';
import { PlainDisplay } from '../../../../src/engine/cli/build/progress/plain.ts';
import { rawJsonDisplay } from '../../../../src/engine/cli/build/progress/raw-json.ts';
import { Screen } from '../../../../src/engine/cli/build/progress/screen.ts';
import { showSource } from '../../../../src/engine/cli/build/progress/source.ts';
import { showBytes } from '../../../../src/engine/cli/build/progress/text.ts';
import { showWarnings } from '../../../../src/engine/cli/build/progress/warnings.ts';
import { render } from '../../../conformance/oracle/lib/screen.mjs';

const ZERO_NS = 1_795_251_487_000_000_000n;
const at = (seconds: number): bigint => ZERO_NS + BigInt(Math.round(seconds * 1e9));
const bytes = (text: string) => new TextEncoder().encode(text);
const step = (name: string, from?: number, to?: number, more: { cached?: boolean; error?: string } = {}): StatusResponse => ({
  vertexes: [
    {
      digest: `sha256:${name}`,
      name,
      ...(from === undefined ? {} : { started: at(from) }),
      ...(to === undefined ? {} : { completed: at(to) }),
      ...more,
    },
  ],
});
const task = (
  vertex: string,
  id: string,
  from: number,
  to?: number,
  amount: { current?: number; total?: number } = {},
): StatusResponse => ({
  statuses: [
    {
      id,
      vertex: `sha256:${vertex}`,
      started: at(from),
      timestamp: at(to ?? from),
      ...(to === undefined ? {} : { completed: at(to) }),
      ...amount,
    },
  ],
});
const log = (vertex: string, seconds: number, text: string): StatusResponse => ({
  logs: [{ vertex: `sha256:${vertex}`, timestamp: at(seconds), stream: 1, msg: bytes(text) }],
});
const warn = (vertex: string, text: string): StatusResponse => ({ warnings: [{ vertex: `sha256:${vertex}`, short: bytes(text) }] });
/** What crosses the wire. */
const sent = (status: StatusResponse) => decodeStatusResponse(encodeStatusResponse(status));

const LOAD = '[internal] load build definition from Dockerfile';
const RUN = '[2/2] RUN echo hi; false';
const FAILED: readonly (readonly [number, StatusResponse])[] = [
  [0, step(LOAD, 0)],
  [0.01, task(LOAD, 'transferring dockerfile:', 0, 0.03, { current: 218 })],
  [0.03, step(LOAD, 0, 0.03)],
  [0.04, step(RUN, 0.04)],
  [0.1, log(RUN, 0.1, 'one\ntwo')],
  [0.2, log(RUN, 0.2, ' halves\n')],
  [0.3, step(RUN, 0.04, 0.34, { error: 'process "/bin/sh -c echo hi; false" did not complete successfully: exit code: 1' })],
];

function play(
  display: { update: PlainDisplay['update']; refresh: PlainDisplay['refresh']; end: PlainDisplay['end'] },
  messages: typeof FAILED,
): string {
  let out = '';
  for (const [seconds, status] of messages) {
    out += display.update(sent(status), at(seconds));
    out += display.refresh(at(seconds));
  }
  return out + display.end(at(messages.at(-1)?.[0] ?? 0));
}

describe('plain progress', () => {
  test('numbers steps, ends them, and repeats the log of the one that failed', () => {
    expect(play(new PlainDisplay({ description: 'building with "default" instance using docker driver' }), FAILED)).toBe(
      `#0 building with "default" instance using docker driver

#1 ${LOAD}
#1 transferring dockerfile: 218B 0.0s done
#1 DONE 0.0s

#2 ${RUN}
#2 0.060 one
#2 0.060 two halves
#2 ERROR: process "/bin/sh -c echo hi; false" did not complete successfully: exit code: 1
------
 > ${RUN}:
0.060 one
0.060 two halves
------
`,
    );
  });

  test('a step keeps the floor until another has waited long', () => {
    const out = play(new PlainDisplay(), [
      [0, step('a', 0)],
      [0, step('b', 0)],
      [0.1, log('a', 0.1, 'a1\n')],
      [0.1, log('b', 0.1, 'b1\n')],
      [11, log('b', 11, 'b2\n')],
      [12, step('a', 0, 12)],
      [12, step('b', 0, 12, { cached: true })],
    ]);
    expect(out).toBe('#1 a\n#1 0.100 a1\n#1 ...\n\n#2 b\n#2 0.100 b1\n#2 11.00 b2\n#2 ...\n\n#1 a\n#1 DONE 12.0s\n\n#2 b\n#2 CACHED\n');
  });

  test('an unfinished line is begun again after an interruption', () => {
    const out = play(new PlainDisplay(), [
      [0, step('a', 0)],
      [0.1, log('a', 0.1, 'half')],
      [0.2, { ...step('b', 0, 0.2) }],
      [0.3, log('a', 0.3, ' whole\n')],
      [0.4, step('a', 0, 0.4)],
    ]);
    expect(out).toBe('#1 a\n#1 0.100 half\n#1 ...\n\n#2 b\n#2 DONE 0.2s\n\n#1 a\n#1 0.100 half whole\n#1 DONE 0.4s\n');
  });

  test('canceled steps and warnings', () => {
    const out = play(new PlainDisplay(), [
      [0, step('a', 0)],
      [0, warn('a', 'StageNameCasing: x (line 1)')],
      [0, task('a', 'sha256:12', 0, undefined, { current: 1, total: 4_000_000 })],
      [1, task('a', 'sha256:12', 0, 1, { current: 4_000_000, total: 4_000_000 })],
      [1, step('a', 0, 1, { error: 'context canceled' })],
    ]);
    expect(out).toBe(
      '#1 a\n#1 sha256:12 1B / 4.00MB\n#1 WARN: StageNameCasing: x (line 1)\n#1 sha256:12 4.00MB / 4.00MB 1.0s done\n#1 CANCELED\n',
    );
  });

  test('steps of a group are one', () => {
    const member = (digest: string, from: number, to: number): StatusResponse => ({
      vertexes: [{ digest, name: digest, started: at(from), completed: at(to), progressGroup: { id: 'g', name: 'exporting cache' } }],
    });
    expect(
      play(new PlainDisplay(), [
        [0, member('x', 0, 1)],
        [1, member('y', 1, 2)],
      ]),
    ).toContain('exporting cache\n#1 DONE 1.0s\n');
  });
});

describe('the terminal display', () => {
  const size = { columns: 60, rows: 12 };
  const display = () =>
    new ConsoleDisplay({
      size: () => size,
      colours: { run: '\x1b[34m', cancel: '\x1b[33m', error: '\x1b[31m' },
      description: 'docker:default',
    });
  const seen = (out: string) => render(out.replaceAll('\n', '\r\n'), { cols: size.columns, rows: size.rows }).text().replace(/ +$/gm, '');

  test('shows each step on a line, then the failed log', () => {
    expect(seen(play(display(), FAILED))).toBe(
      `
[+] Building 0.3s (2/2) FINISHED             docker:default
 => [internal] load build definition from Dockerfile   0.0s
 => => transferring dockerfile: 218B                   0.0s
 => ERROR [2/2] RUN echo hi; false                     0.3s
------
 > [2/2] RUN echo hi; false:
0.060 one
0.060 two halves
------
`,
    );
  });

  test('what runs has a window of its last lines', () => {
    const tall = { columns: 60, rows: 20 };
    const one = new ConsoleDisplay({ size: () => tall, colours: { run: '', cancel: '', error: '' } });
    let out = '';
    const lines = Array.from({ length: 9 }, (_, i) => `line ${i + 1}\n`).join('');
    for (const [seconds, status] of [
      [0, step('RUN x', 0)],
      [0.5, log('RUN x', 0.5, lines)],
    ] as const) {
      one.update(sent(status), at(seconds));
      out += one.refresh(at(seconds));
    }
    const during = render(out.replaceAll('\n', '\r\n'), { cols: 60, rows: 20 }).text().replace(/ +$/gm, '');
    expect(during).toContain(' => => # line 5\n => => # line 6\n => => # line 7\n => => # line 8\n => => # line 9');
    one.update(sent(step('RUN x', 0, 1)), at(1));
    const after = render((out + one.end(at(1))).replaceAll('\n', '\r\n'), { cols: 60, rows: 20 })
      .text()
      .replace(/ +$/gm, '')
      .trim();
    expect(after).toBe('[+] Building 1.0s (1/1) FINISHED\n => RUN x                                              1.0s');
  });

  test('rows that do not fit scroll away while it runs, but what runs stays', () => {
    const one = display();
    let out = '';
    for (let i = 0; i < 20; i++) {
      one.update(sent(i === 1 ? step('long runner', 0) : step(`step ${i}`, i, i + 0.5)), at(i));
      out += one.refresh(at(i + 0.5));
    }
    const during = seen(out);
    expect(during).toContain('=> long runner');
    expect(during).toContain('=> step 19');
    expect(during.trim().split('\n').length).toBeLessThanOrEqual(size.rows);
  });

  test('a narrow terminal gets no rows, and nothing throws', () => {
    const one = new ConsoleDisplay({ size: () => ({ columns: 9, rows: 2 }), colours: { run: '', cancel: '', error: '' } });
    one.update(sent(step('x', 0, 1)), at(0));
    expect(one.end(at(1))).toContain('[+] Build');
  });
});

describe('parts of the displays', () => {
  test('raw JSON is one document a line', () => {
    const text = rawJsonDisplay().update(sent({ ...step('a & b', 0, 1.5), ...log('a & b', 1, 'hi') }), 0n);
    expect(text).toBe(
      '{"vertexes":[{"digest":"sha256:a \\u0026 b","name":"a \\u0026 b","started":"2026-11-21T08:58:07Z","completed":"2026-11-21T08:58:08.5Z"}],' +
        '"logs":[{"vertex":"sha256:a \\u0026 b","stream":1,"data":"aGk=","timestamp":"2026-11-21T08:58:08Z"}]}\n',
    );
  });

  test('bytes', () => {
    expect([0, 218, 999, 1000, 1_055_000, 2_500_000_000].map(showBytes)).toEqual(['0B', '218B', '999B', '1.00kB', '1.05MB', '2.50GB']);
  });

  test('intervals', () => {
    expect(
      mergeIntervals([
        { start: 5n, stop: 9n },
        { start: 1n, stop: 3n },
        { start: 2n, stop: 4n },
      ]),
    ).toEqual([
      { start: 1n, stop: 4n },
      { start: 5n, stop: 9n },
    ]);
    expect(mergeIntervals([{ start: 1n }, { start: 2n, stop: 4n }])).toEqual([{ start: 1n }]);
  });

  test('excerpts', () => {
    const text = Array.from({ length: 9 }, (_, i) => `L${i + 1}`).join('\n');
    const one = (line: number, end = line) => showSource({ filename: 'Dockerfile', text, ranges: [{ start: line, end }] });
    expect(one(5)).toBe(
      'Dockerfile:5\n--------------------\n   3 |     L3\n   4 |     L4\n   5 | >>> L5\n   6 |     L6\n   7 |     L7\n--------------------\n',
    );
    expect(one(1)).toContain('   1 | >>> L1\n   2 |     L2\n   3 |     L3\n');
    expect(one(99)).toBe('');
    expect(one(0)).toBe('');
  });

  test('warnings, with their source in debug mode', () => {
    const warning = {
      vertex: 'v',
      short: bytes('A: b (line 2)'),
      detail: [bytes('why')],
      url: 'https://x',
      info: { filename: 'D', data: bytes('x\ny\n') },
      ranges: [{ start: { line: 2 }, end: { line: 2 } }],
    };
    expect(showWarnings([warning, warning], false)).toBe(
      '\n \x1b[33m1 warning found (use docker --debug to expand):\n\x1b[0m - A: b (line 2)\n',
    );
    expect(showWarnings([warning], true)).toBe(
      '\n \x1b[33m1 warning found:\n\x1b[0m - A: b (line 2)\nwhy\nMore info: https://x\nD:2\n--------------------\n   1 |     x\n   2 | >>> y\n   3 |     \n--------------------\n\n',
    );
  });

  test('the small screen', () => {
    const screen = new Screen(6, 3);
    screen.write('abc\rX\n\x1b[31mred\x1b[0m\x1b[');
    screen.write('Kx\nwrapped line\t!\n');
    expect(screen.lines()).toEqual(['wrappe', 'd lin!']);
    expect(screen.height).toBe(3);
  });
});
