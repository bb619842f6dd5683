/** Programs that stream, wait, follow, use memory, and look at each other. */
import { describe, expect, it } from 'vitest';
import { onBusybox, onGnu } from './computer.ts';

describe('streaming', () => {
  it('stops a writer when nobody reads any more', async () => {
    expect(await onGnu('yes | head -n 1; seq 1000000 | head -n 1')).toEqual({ out: 'y\n1\n', err: '', status: 0 });
  });

  it('hands lines on before the input ends', async () => {
    const { out } = await onGnu('(echo first; sleep 10; echo second) | cat | (read line; echo "got $line")');
    expect(out).toBe('got first\n');
  });

  it('follows a file that grows and one that is replaced', async () => {
    const script = 'echo one > log; tail -F log & sleep 1.5; echo two >> log; sleep 1.5; mv log old; echo three > log; sleep 2.5; kill $!';
    const { out } = await onBusybox(script);
    expect(out).toBe('one\ntwo\nthree\n');
  });

  it('lets a program be interrupted in the middle of its work', async () => {
    expect((await onGnu('timeout 1 yes > /dev/null; echo $?')).out).toBe('124\n');
    expect((await onGnu('timeout -k 1 1 sh -c \'trap "" TERM; while :; do :; done\'; echo $?')).out).toBe('137\n');
  });
});

describe('a full disk', () => {
  it('is told apart from a file that cannot be read', async () => {
    expect(await onBusybox('head -c 10 a > /dev/full; echo $?', { files: { a: 'x\n' } })).toEqual({
      out: '1\n',
      err: 'head: standard output: No space left on device\n',
      status: 0,
    });
    expect((await onGnu('cat a > /dev/full; ls > /dev/full', { files: { a: 'x\n' } })).err).toBe(
      'cat: write error: No space left on device\nls: write error: No space left on device\n',
    );
    expect((await onGnu('head -c 1 a > /dev/full', { files: { a: 'x\n' } })).err).toBe(
      "head: error writing 'standard output': No space left on device\n",
    );
  });
});

describe('memory', () => {
  const limited = (command: string): string =>
    `mkdir /sys/fs/cgroup/small; echo 16000000 > /sys/fs/cgroup/small/memory.max; sh -c 'echo $$ > /sys/fs/cgroup/small/cgroup.procs; exec ${command}'; echo $?`;

  it('is used by a line without an end until the killer comes', async () => {
    expect((await onBusybox(limited('tail /dev/zero'))).out).toBe('137\n');
    expect((await onGnu(limited('tail /dev/zero'))).out).toBe('137\n');
  });

  it('is used by what sort must hold', async () => {
    expect((await onGnu(limited('sh -c "yes | sort > /dev/null"'))).out).toMatch(/137\n$/);
  });
});

describe('processes', () => {
  it('are listed in each dialect', async () => {
    expect((await onBusybox('exec ps -o pid,args')).out).toBe('PID   COMMAND\n    1 program\n    2 {ps} sh -c exec ps -o pid,args\n');
    expect((await onGnu('exec ps -eo pid,ppid,comm')).out).toBe('    PID    PPID COMMAND\n      1       0 program\n      2       1 ps\n');
    expect((await onGnu('exec ps -ef')).out).toMatch(
      /^UID {10}PID {4}PPID {2}C STIME TTY {10}TIME CMD\nroot {11}1 {7}0 {2}0 09:00 \? {8}00:00:00 program\n/,
    );
  });

  it('show the tree they are', async () => {
    const { out } = await onGnu('sh ./job & sleep 1; ps --forest -eo args', { files: { job: 'sleep 9\ntrue\n' } });
    expect(out).toContain(`     \\_ sh ./job\n     |   \\_ sleep 9\n     \\_ ps --forest -eo args\n`);
  });

  it('show a zombie by its name', async () => {
    const { out } = await onBusybox('sh -c "(sleep 0.1 &) ; exec sleep 3" & sleep 1; ps -o stat,args | grep "^[Z]"');
    expect(out).toBe('Z    [sleep]\n');
  });

  it('are found and ended by name', async () => {
    expect(
      (await onGnu('sleep 77 & sleep 0.1; pgrep -f "^sleep 7[7]" > found; [ "$(cat found)" = $! ] && pkill sleep; wait $!; echo $?')).out,
    ).toBe('143\n');
    expect((await onBusybox('sleep 77 & sleep 0.1; killall sleep; wait $!; echo $?')).out).toBe('143\n');
  });
});

describe('users', () => {
  it('may become root if their group may', async () => {
    expect((await onGnu('sudo id -un', { uid: 1000 })).out).toBe('root\n');
    const { err, status } = await onGnu('sudo id', { uid: 65534 });
    expect([err, status]).toEqual(['nobody is not in the sudoers file.\n', 1]);
  });

  it('are lines of files', async () => {
    expect((await onBusybox('addgroup -S app && adduser -S -D -H -G app app; id app; tail -n 1 /etc/passwd')).out).toBe(
      'uid=100(app) gid=100(app) groups=100(app)\napp:x:100:100:app:/home/app:/bin/false\n',
    );
    expect((await onGnu('groupadd -r app && useradd -r -g app -u 500 app; id app')).out).toBe(
      'uid=500(app) gid=998(app) groups=998(app)\n',
    );
  });

  it('cannot touch what is not theirs', async () => {
    expect(await onBusybox('touch /x', { uid: 1000 })).toEqual({ out: '', err: 'touch: /x: Permission denied\n', status: 1 });
    expect(await onGnu('chown root /w/a', { uid: 1000, files: { a: '' } })).toEqual({
      out: '',
      err: "chown: changing ownership of '/w/a': Operation not permitted\n",
      status: 1,
    });
  });
});

describe('busybox', () => {
  it('runs an applet that it is given by name', async () => {
    expect((await onBusybox('busybox echo hi; /bb/busybox cat a', { files: { a: 'x\n' } })).out).toBe('hi\nx\n');
  });

  it('says which applets it knows and which it does not', async () => {
    expect((await onBusybox('busybox nosuch')).err).toBe('nosuch: applet not found\n');
    expect(await onBusybox('busybox fdisk')).toEqual({ out: '', err: 'fdisk: applet not supported by this model\n', status: 127 });
    expect((await onBusybox('busybox --list | grep -x -e ls -e wget')).out).toBe('ls\nwget\n');
  });
});

describe('namespaces', () => {
  it('are entered and left by hand', async () => {
    expect((await onGnu('unshare -u sh -c "hostname inside; hostname"; hostname')).out).toBe('inside\nbox\n');
    expect((await onGnu('unshare -pf --mount-proc ps -eo pid,args')).out).toBe('    PID COMMAND\n      1 ps -eo pid,args\n');
  });
});
