import { describe, expect, it } from 'vitest';
import { type Ran, run } from './machine.ts';
import recorded from './recorded-bash.json' with { type: 'json' };

/** Scripts, and what bash 5.2.15 printed for them: run by `bash -c` in an empty directory, with PATH=/bin. */
const RECORDED: readonly { readonly script: string; readonly bash: Ran }[] = recorded;

describe('scripts in bash', () => {
  for (const { script, bash } of RECORDED) {
    it(script, async () => {
      expect(await run(script, { dialect: 'bash', argv: ['bash', '-c', script] })).toEqual(bash);
    });
  }
});
