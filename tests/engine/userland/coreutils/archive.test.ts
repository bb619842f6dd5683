import { describe, expect, it } from 'vitest';
import type { Dialect } from '../../../../src/engine/userland/tool.ts';
import { shown } from './workshop.ts';

const DIALECTS: readonly Dialect[] = ['gnu', 'busybox'];
const files = { 'd/a': 'hi\n', 'd/e/x': 'x'.repeat(3_000_000) };

describe.each(DIALECTS)('tar of %s', (dialect) => {
  const sh = (script: string): Promise<string> => shown(script, { dialect, files });

  it('brings back what it put away', async () => {
    expect(
      await sh(
        'ln -s a d/l; ln d/a d/h; chown 1000:1000 d/a; chmod 4750 d/a; tar cf t.tar d; mv d old; tar xf t.tar; cmp d/e/x old/e/x; readlink d/l; stat -c "%a %u %g %h" d/a',
      ),
    ).toBe('a\n4750 1000 1000 2\n');
  });

  it('goes through pipes and directories', async () => {
    expect(await sh('tar cf - -C d . | tar tf - | sort')).toBe('./\n./a\n./e/\n./e/x\n');
    expect(await sh('tar c d/a | tar xvO')).toContain('hi\n');
    expect(await sh('tar czf t.tgz d; mkdir o; tar xzf t.tgz -C o --strip-components 1; ls o')).toBe('a\ne\n');
  });

  it('takes only the members asked for', async () => {
    expect(await sh('tar cf t.tar d; tar tf t.tar d/e | sort')).toBe('d/e/\nd/e/x\n');
  });
});

describe('tar', () => {
  it('complains as GNU', async () => {
    expect(await shown('tar cf t.tar nosuch')).toBe(
      'tar: nosuch: Cannot stat: No such file or directory\ntar: Exiting with failure status due to previous errors\n[2]',
    );
    expect(await shown('tar tf nosuch.tar')).toBe(
      'tar: nosuch.tar: Cannot open: No such file or directory\ntar: Error is not recoverable: exiting now\n[2]',
    );
    expect(await shown('echo no > g; tar tf g')).toBe(
      'tar: This does not look like a tar archive\ntar: Exiting with failure status due to previous errors\n[2]',
    );
  });

  it('shows members as ls would', async () => {
    expect(await shown('echo hi > a; touch -d @1700000000 a; tar cf t.tar a; tar tvf t.tar')).toBe(
      '-rw-r--r-- root/root         3 2023-11-14 22:13 a\n',
    );
    expect(await shown('echo hi > a; touch -d @1700000000 a; tar cf t.tar a; tar tvf t.tar', { dialect: 'busybox' })).toBe(
      '-rw-r--r-- root/root         3 2023-11-14 22:13:20 a\n',
    );
  });

  it('does not write outside of where it unpacks', async () => {
    expect(await shown('mkdir q; echo 1 > z; cd q; tar cPf t.tar ../z; tar xf t.tar')).toBe(
      "tar: ../z: Member name contains '..'\ntar: Exiting with failure status due to previous errors\n[2]",
    );
  });
});

describe.each(DIALECTS)('gzip of %s', (dialect) => {
  it('makes files small and whole again', async () => {
    expect(await shown('gzip d/a; ls d; zcat d/a.gz; gunzip d/a.gz; cat d/a', { dialect, files })).toBe('a.gz\ne\nhi\nhi\n');
    expect(await shown('gzip -c d/e/x | wc -c | tr -d " "; gzip -c d/e/x | gzip -d | cmp - d/e/x', { dialect, files })).toMatch(
      /^\d{4}\n$/,
    );
  });
});
