import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { docker } from '../../../src/engine/cli/main.ts';
import { shellWords } from './shell-words.ts';
import { world } from './world.ts';

interface Text {
  readonly cmd: string;
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}
const TEXTS = JSON.parse(readFileSync(new URL('./help-texts.json', import.meta.url), 'utf8')) as readonly Text[];

describe('help and usage errors are those of the real client', () => {
  for (const { cmd, exit, stdout, stderr } of TEXTS) {
    test(cmd, async () => {
      const machine = world();
      const status = await docker(shellWords(cmd).slice(1), machine.io);
      expect({ status, stdout: machine.stdout(), stderr: machine.stderr() }).toEqual({ status: exit, stdout, stderr });
    });
  }
});
