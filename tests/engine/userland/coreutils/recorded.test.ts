/** Command lines whose output, errors and status are those of the real tools, in both dialects. */
import { describe, expect, it } from 'vitest';
import type { Ran } from '../piped.ts';
import { onOne } from './computer.ts';
import { FILES as FILE_COMMANDS } from './recorded/files.ts';
import { GREP } from './recorded/grep.ts';
import { FILES, type Outcome, type Recorded } from './recorded/recorded.ts';
import { SHELL } from './recorded/shell.ts';
import { TEXT } from './recorded/text.ts';

const TABLES: readonly (readonly [string, readonly Recorded[]])[] = [
  ['text', TEXT],
  ['grep and sed', GREP],
  ['files', FILE_COMMANDS],
  ['shell', SHELL],
];
const complete = ({ out, err = '', status = 0 }: Outcome): Ran => ({ out, err, status });

describe.each(TABLES)('%s', (_, recorded) => {
  it.each(['gnu', 'busybox'] as const)('answers as the tools of %s', async (dialect) => {
    const known = recorded.flatMap((one) => {
      const outcome = one[dialect] ?? one.both;
      return outcome === undefined ? [] : [{ script: one.script, outcome }];
    });
    const ran = await onOne(
      dialect,
      known.map(({ script }) => script),
      { files: FILES, input: 'in1\nin2\n' },
    );
    expect(known.map(({ script }, at) => ({ script, ...ran[at] }))).toEqual(
      known.map(({ script, outcome }) => ({ script, ...complete(outcome) })),
    );
  });
});
