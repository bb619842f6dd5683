import { describe, expect, it } from 'vitest';
import { frames, withEngine } from './engine.ts';

describe('a container', () => {
  it('runs its command in namespaces of its own and reports its status', async () => {
    const result = await withEngine(async ({ run }) => ({
      echo: await run({ Cmd: ['echo', 'hello'] }),
      exit: await run({ Cmd: ['exit', '42'] }),
      ids: await run({ Cmd: ['ids'], Hostname: 'cabin', WorkingDir: '/data' }),
      user: await run({ Cmd: ['ids'], User: 'ada', Hostname: 'cabin' }),
    }));
    expect(result.echo).toEqual({ stdout: 'hello\n', stderr: '', status: 0 });
    expect(result.exit.status).toBe(42);
    expect(result.ids.stdout).toBe('1 0:0 0 14 /data cabin\n');
    expect(result.user.stdout).toBe('1 1000:1000 50,1000 0 / cabin\n');
  });

  it('gets its environment from Docker, the image and the request, in this order', async () => {
    const { stdout } = await withEngine(({ run }) => run({ Cmd: ['env'], Hostname: 'h', Env: ['A=1', 'PATH=/bin'] }), {
      image: { Env: ['PATH=/bin', 'B=2', 'A=0'] },
    });
    expect(stdout).toBe('PATH=/bin\nHOSTNAME=h\nA=1\nB=2\nHOME=/root\n');
  });

  it('keeps what it wrote over a restart, and loses it when it is removed', async () => {
    const seen = await withEngine(async ({ create, call, run }) => {
      const id = await create({ Cmd: ['write', '/note', 'kept'] });
      await call('POST', `/containers/${id}/start`);
      await call('POST', `/containers/${id}/wait`);
      const { json } = { json: JSON.parse((await call('GET', `/containers/${id}/changes`)).text) as unknown };
      const file = await call('GET', `/containers/${id}/archive?path=/note`);
      await call('DELETE', `/containers/${id}`);
      const gone = await call('GET', `/containers/${id}/json`);
      return { json, size: file.text.includes('kept'), gone: gone.status, fresh: await run({ Cmd: ['cat', '/etc/plain'] }) };
    });
    expect(seen.json).toEqual([{ Path: '/note', Kind: 1 }]);
    expect(seen).toMatchObject({ size: true, gone: 404, fresh: { stdout: 'not a program\n' } });
  });

  it("says in runc's words why it cannot start, and stays created", async () => {
    const failed = await withEngine(async ({ create, call, inspect }) => {
      const answers = [];
      for (const Cmd of [['nosuch'], ['/etc/plain'], ['/no/such']]) {
        const id = await create({ Cmd });
        const { status, json } = await call('POST', `/containers/${id}/start`);
        const { State } = (await inspect(id)) as unknown as { State: { Status: string; ExitCode: number } };
        answers.push({ status, message: String(json.message).replace(/^.*container init: /, ''), is: State.Status, code: State.ExitCode });
      }
      return answers;
    });
    expect(failed).toEqual([
      { status: 400, message: 'exec: "nosuch": executable file not found in $PATH', is: 'created', code: 127 },
      { status: 400, message: 'exec: "/etc/plain": permission denied', is: 'created', code: 126 },
      { status: 400, message: 'exec: "/no/such": stat /no/such: no such file or directory', is: 'created', code: 127 },
    ]);
  });

  it('is stopped politely, and killed after exactly its patience', async () => {
    const result = await withEngine(async ({ create, call, inspect, sys }) => {
      const stop = async (Cmd: readonly string[]): Promise<readonly [number, number]> => {
        const id = await create({ Cmd });
        await call('POST', `/containers/${id}/start`);
        await sys.sleep(100);
        const before = sys.clock.monotonicNs();
        await call('POST', `/containers/${id}/stop?t=2`);
        const seconds = Number(sys.clock.monotonicNs() - before) / 1e9;
        const { State } = (await inspect(id)) as unknown as { State: { ExitCode: number } };
        return [State.ExitCode, Math.round(seconds * 10) / 10];
      };
      return { polite: await stop(['polite']), deaf: await stop(['sleep', '1000']), busy: await stop(['busy']) };
    });
    expect(result).toEqual({ polite: [7, 0], deaf: [137, 2], busy: [137, 2] });
  });

  it('keeps so much of its log as was asked for, and who follows it misses nothing', async () => {
    const seen = await withEngine(async ({ create, call, sys }) => {
      const LogConfig = { Type: 'json-file', Config: { 'max-size': '200', 'max-file': '2' } };
      const id = await create({ OpenStdin: true, HostConfig: { LogConfig }, Cmd: ['polite'] });
      const path = `/var/lib/docker/containers/${id}/${id}-json.log`;
      let followed = '';
      for (let run = 0; run < 12; run += 1) {
        await call('POST', `/containers/${id}/start`);
        await sys.sleep(50);
        await call('POST', `/containers/${id}/stop`);
      }
      followed = (await call('GET', `/containers/${id}/logs?stdout=1&follow=1`)).text;
      const files = [path, `${path}.1`, `${path}.2`].map((file) => {
        try {
          return sys.path.readFile(file).length > 0;
        } catch {
          return false;
        }
      });
      return { files, kept: followed.split('ready').length - 1 };
    });
    expect(seen.files).toEqual([true, true, false]);
    expect(seen.kept).toBeGreaterThan(2);
    expect(seen.kept).toBeLessThan(8);
  });

  it('stands still while it is paused', async () => {
    const seen = await withEngine(async ({ create, call, inspect, sys }) => {
      const id = await create({ Cmd: ['sleep', '5'] });
      await call('POST', `/containers/${id}/start`);
      await call('POST', `/containers/${id}/pause`);
      const again = await call('POST', `/containers/${id}/pause`);
      await sys.sleep(60_000);
      const during = (await inspect(id)) as unknown as { State: { Status: string } };
      await call('POST', `/containers/${id}/unpause`);
      const { json } = await call('POST', `/containers/${id}/wait`);
      return { again: again.status, during: during.State.Status, json };
    });
    expect(seen).toEqual({ again: 409, during: 'paused', json: { StatusCode: 0 } });
  });

  it('is started again as its policy says, and no more often', async () => {
    const state = await withEngine(async ({ create, call, inspect, sys }) => {
      const id = await create({ Cmd: ['exit', '4'], HostConfig: { RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 2 } } });
      await call('POST', `/containers/${id}/start`);
      await sys.sleep(5000);
      return (await inspect(id)) as unknown as { RestartCount: number; State: { Status: string; ExitCode: number } };
    });
    expect(state).toMatchObject({ RestartCount: 2, State: { Status: 'exited', ExitCode: 4 } });
  });

  it('takes more commands while it runs, with their own streams and status', async () => {
    const seen = await withEngine(async ({ create, call, attach }) => {
      const id = await create({});
      await call('POST', `/containers/${id}/start`);
      const exec = async (body: object): Promise<unknown> => {
        const made = await call('POST', `/containers/${id}/exec`, { AttachStdout: true, AttachStderr: true, ...body });
        const execId = String(made.json.Id);
        const output = await frames(await attach(`/exec/${execId}/start`, { Detach: false }));
        const { json } = await call('GET', `/exec/${execId}/json`);
        return [output.stdout, json.ExitCode];
      };
      return {
        echo: await exec({ Cmd: ['echo', 'in'] }),
        exit: await exec({ Cmd: ['exit', '3'] }),
        missing: await exec({ Cmd: ['nosuch'] }),
        ids: await exec({ Cmd: ['ids'], User: '7:8', WorkingDir: '/tmp' }),
      };
    });
    expect(seen.echo).toEqual(['in\n', 0]);
    expect(seen.exit).toEqual(['', 3]);
    expect(seen.missing).toEqual([
      'OCI runtime exec failed: exec failed: unable to start container process: exec: "nosuch": executable file not found in $PATH\r\n',
      127,
    ]);
    expect(String((seen.ids as string[])[0])).toMatch(/^\d+ 7:8 8 0 \/tmp [0-9a-f]{12}\n$/);
  });

  it('reads what its client types until the client is done', async () => {
    const { stdout } = await withEngine(async ({ create, call, attach }) => {
      const id = await create({ Cmd: ['cat'], OpenStdin: true, StdinOnce: true });
      const connection = await attach(`/containers/${id}/attach?stream=1&stdin=1&stdout=1&stderr=1`);
      await call('POST', `/containers/${id}/start`);
      await connection.write(new TextEncoder().encode('typed\n'));
      connection.closeWrite();
      return frames(connection);
    });
    expect(stdout).toBe('typed\n');
  });

  it('can be read back by its log, from any line', async () => {
    const seen = await withEngine(async ({ create, call }) => {
      const id = await create({ Cmd: ['cat', '/etc/group'], Tty: false });
      await call('POST', `/containers/${id}/start`);
      await call('POST', `/containers/${id}/wait`);
      const all = await call('GET', `/containers/${id}/logs?stdout=1`);
      const last = await call('GET', `/containers/${id}/logs?stdout=1&tail=1`);
      const none = await call('GET', `/containers/${id}/logs`);
      return [all.text.match(/[a-z]+:x:\d+/g), last.text.slice(8), none.status, all.type];
    });
    expect(seen).toEqual([['root:x:0', 'ada:x:1000', 'crew:x:50'], 'crew:x:50:ada\n', 400, 'application/vnd.docker.multiplexed-stream']);
  });
});
