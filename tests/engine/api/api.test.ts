import { describe, expect, it } from 'vitest';
import { withEngine } from '../daemon/engine.ts';

describe('the Engine API', () => {
  it('answers pings, versions and what it does not have', async () => {
    const seen = await withEngine(async ({ call }) => ({
      ping: await call('GET', '/_ping'),
      version: await call('GET', '/v1.55/version'),
      old: await call('GET', '/v1.39/version'),
      young: await call('GET', '/v9.0/version'),
      nothing: await call('GET', '/v1.55/nothing'),
      post: await call('PUT', '/v1.55/version'),
      json: await call('POST', '/containers/create', new TextEncoder().encode('{')),
      swarm: await call('GET', '/services'),
    }));
    expect(seen.ping).toMatchObject({ status: 200, text: 'OK', type: 'text/plain; charset=utf-8' });
    expect(seen.version.json).toMatchObject({ Version: '29.7.2', ApiVersion: '1.55', MinAPIVersion: '1.40' });
    expect(seen.old.json.message).toBe(
      'client version 1.39 is too old. Minimum supported API version is 1.40, please upgrade your client to a newer version',
    );
    expect(seen.young.json.message).toBe('client version 9.0 is too new. Maximum supported API version is 1.55');
    expect([seen.nothing.status, seen.nothing.json.message, seen.post.status, seen.json.status, seen.swarm.status]).toEqual([
      404,
      'page not found',
      404,
      400,
      503,
    ]);
  });

  it('has a status and a sentence for each thing that is not there', async () => {
    const seen = await withEngine(async ({ call }) => {
      const targets = [
        '/containers/ghost/json',
        '/images/ghost/json',
        '/networks/ghost',
        '/volumes/ghost',
        '/plugins/ghost/json',
        '/exec/ghost/json',
      ];
      const answers = [];
      for (const target of targets) answers.push((await call('GET', target)).json.message);
      return [...answers, (await call('POST', '/containers/create', { Image: 'ghost', Cmd: ['x'] })).json.message];
    });
    expect(seen).toEqual([
      'No such container: ghost',
      'No such image: ghost:latest',
      'network ghost not found',
      'get ghost: no such volume',
      'plugin "ghost" not found',
      'No such exec instance: ghost',
      'No such image: ghost:latest',
    ]);
  });

  it('says of swarms, plugins and nobody what there is to say', async () => {
    const seen = await withEngine(async ({ call }) => {
      const asked: readonly (readonly [string, string, unknown?])[] = [
        ['POST', '/networks/bridge/connect', {}],
        ['POST', '/networks/bridge/disconnect', {}],
        ['POST', '/containers/create', { Image: 'test:1', HostConfig: { VolumesFrom: ['ghost'] } }],
        ['POST', '/containers/create', { Image: 'test:1', HostConfig: { PidMode: 'container:ghost' } }],
        ['POST', '/images/test:1/tag?repo=docker.io/library/sha256&tag=1'],
        ['POST', `/images/test:1/tag?repo=x@sha256:${'0'.repeat(64)}`],
        ['PUT', '/volumes/ghost', {}],
        ['POST', '/services/ghost/update', {}],
        ['POST', '/configs/ghost/update', {}],
        ['POST', '/nodes/ghost/update?version=1', {}],
        ['GET', '/services/ghost/logs'],
        ['GET', '/tasks/ghost/logs?stdout=1'],
        ['POST', '/swarm/leave'],
        ['DELETE', '/plugins/ghost'],
        ['POST', '/plugins/ghost/enable'],
        ['POST', '/plugins/pull?remote=ghost', []],
      ];
      const answers = [];
      for (const [method, target, sent] of asked) {
        const { status, json } = await call(method, target, sent);
        answers.push(`${status} ${json.message}`.slice(0, 74));
      }
      return answers;
    });
    const noManager = '503 This node is not a swarm manager. Use "docker swarm init" or "docker s';
    expect(seen).toEqual([
      '400 invalid name or ID supplied: ""',
      '400 invalid name or ID supplied: ""',
      '400 No such container: ghost',
      '400 No such container: ghost',
      '400 refusing to create an ambiguous tag using digest algorithm as name',
      '400 cannot import digest reference',
      '503 volume update only valid for cluster volumes, but swarm is unavailable',
      `400 invalid service version '': strconv.ParseUint: parsing "": invalid syn`,
      '400 invalid config version',
      noManager,
      "400 must specify at least one of 'stdout' or 'stderr'",
      noManager,
      '503 This node is not part of a swarm',
      '404 plugin "ghost" not found',
      '400 strconv.Atoi: parsing "": invalid syntax',
      '501 plugins are not supported by this engine',
    ]);
  });

  it('keeps names apart and tells whose they are', async () => {
    const seen = await withEngine(async ({ create, call }) => {
      const id = await create({}, 'box');
      const again = await call('POST', '/containers/create?name=box', { Image: 'test:1' });
      const bad = await call('POST', '/containers/create?name=a', { Image: 'test:1' });
      const renamed = await call('POST', '/containers/box/rename?name=crate');
      const found = await call('GET', `/containers/${id.slice(0, 5)}/json`);
      return {
        again: [again.status, String(again.json.message).replace(id, 'ID')],
        bad: bad.json.message,
        renamed: renamed.status,
        name: found.json.Name,
      };
    });
    expect(seen).toEqual({
      again: [
        409,
        'Conflict. The container name "/box" is already in use by container "ID". You have to remove (or rename) that container to be able to reuse that name.',
      ],
      bad: 'Invalid container name (a), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed',
      renamed: 204,
      name: '/crate',
    });
  });

  it('tells the events of a life in their order', async () => {
    const actions = await withEngine(async ({ run, call, sys }) => {
      await run({ Cmd: ['exit', '2'], Labels: { a: 'b' } });
      const until = sys.clock.nowNs() / 1_000_000_000n + 1n;
      const { text } = await call(
        'GET',
        `/events?since=1&until=${until}&filters=${encodeURIComponent('{"type":["container","network"]}')}`,
      );
      return text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { Type: string; Action: string; Actor: { Attributes: Record<string, string> } });
    });
    expect(actions.map(({ Type, Action }) => `${Type} ${Action}`)).toEqual([
      'container create',
      'container attach',
      'network connect',
      'container start',
      'network disconnect',
      'container die',
    ]);
    expect(actions.at(-1)?.Actor.Attributes).toMatchObject({ a: 'b', exitCode: '2', image: 'test:1', execDuration: '0' });
  });

  it('moves names of images, and deletes what has none and no user', async () => {
    const seen = await withEngine(async ({ create, call }) => {
      await call('POST', '/images/test:1/tag?repo=other&tag=2');
      const first = await call('DELETE', '/images/other:2');
      const id = await create({});
      const used = await call('DELETE', '/images/test:1');
      await call('DELETE', `/containers/${id}`);
      const last = await call('DELETE', '/images/test:1');
      const { text } = await call('GET', '/images/json');
      return {
        first: JSON.parse(first.text) as unknown,
        used: used.status,
        last: (JSON.parse(last.text) as object[]).map((one) => Object.keys(one)[0]),
        text,
      };
    });
    expect(seen).toEqual({ first: [{ Untagged: 'other:2' }], used: 409, last: ['Untagged', 'Deleted'], text: '[]\n' });
  });

  it('sends a terminal as it is, and lets go at the detach keys', async () => {
    const seen = await withEngine(async ({ create, call, attach, inspect }) => {
      const id = await create({ Cmd: ['cat'], Tty: true, OpenStdin: true, AttachStdin: true });
      const connection = await attach(`/containers/${id}/attach?stream=1&stdin=1&stdout=1&stderr=1`);
      await call('POST', `/containers/${id}/start`);
      await call('POST', `/containers/${id}/resize?h=30&w=100`);
      await connection.write(new TextEncoder().encode('hi\r'));
      let text = '';
      while (!text.endsWith('hi\r\nhi\r\n')) text += new TextDecoder().decode((await connection.read()) ?? new Uint8Array());
      await connection.write(Uint8Array.of(16, 17));
      const end = await connection.read();
      const { State } = (await inspect(id)) as unknown as { State: { Running: boolean } };
      return { text, end, running: State.Running };
    });
    expect(seen).toEqual({ text: 'hi\r\nhi\r\n', end: null, running: true });
  });
});
