import { describe, expect, it } from 'vitest';
import { type Ran, run } from './machine.ts';
import recorded from './recorded.json' with { type: 'json' };

interface Recorded {
  readonly script: string;
  readonly dash?: Ran;
  readonly ash?: Ran;
}

/** Scripts, and what dash 0.5.12 and busybox 1.35 printed for them: run by `sh -c` in an empty directory /w, with PATH=/bin. */
const RECORDED: readonly Recorded[] = recorded;

describe.each(['dash', 'ash'] as const)('scripts in %s', (dialect) => {
  for (const { script, ...shells } of RECORDED) {
    const expected = shells[dialect];
    if (expected === undefined) continue;
    it(script, async () => {
      expect(await run(script, { dialect })).toEqual(expected);
    });
  }
});

describe('processes', () => {
  it('ends when a signal ends it, and does not run what follows', async () => {
    expect(await run('sleep 5 & (sleep 1; kill -TERM $$) & while :; do :; done; echo never')).toMatchObject({ out: '', status: 'SIGTERM' });
  });

  it('gives the place to the last command of -c in ash, and keeps it in dash', async () => {
    const own = 'echo $$; pids';
    const [dash, ash] = [await run(own), await run(own, { dialect: 'ash' })];
    const pids = (out: string): string[] => out.trim().split(/\s+/);
    expect(pids(ash.out)[0]).toBe(pids(ash.out)[1]);
    expect(pids(dash.out)[0]).toBe(pids(dash.out)[2]);
  });

  it('reads a script from its input line by line, also where children read the same input', async () => {
    expect(await run('', { argv: ['sh'], input: 'echo one\nif true\nthen echo two\nfi\nexit 4\necho never\n' })).toEqual({
      out: 'one\ntwo\n',
      err: '',
      status: 4,
    });
  });

  it('counts to many thousands without a child', async () => {
    expect(await run('i=0; while [ $i -lt 30000 ]; do i=$((i+1)); done; echo $i')).toMatchObject({ out: '30000\n' });
  });

  it('hands large here-documents over', async () => {
    const text = 'x'.repeat(200_000);
    const ran = await run(`cat <<E\n${text}\nE`);
    expect(ran.out.length).toBe(text.length + 1);
  });

  it('knows pipefail in ash only', async () => {
    expect(await run('set -o pipefail; false | true', { dialect: 'ash' })).toMatchObject({ status: 1 });
    expect(await run('set -o pipefail', { dialect: 'dash' })).toMatchObject({ status: 2 });
  });
});
