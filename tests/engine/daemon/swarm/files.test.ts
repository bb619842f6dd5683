import { describe, expect, it } from 'vitest';
import { type Swarm, withSwarm } from './swarm.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

async function makeFiles(swarm: Swarm): Promise<{ readonly secret: string; readonly config: string }> {
  const make = async (kind: 'secrets' | 'configs', Name: string, text: string): Promise<string> =>
    String((await swarm.call('POST', `/${kind}/create`, { Name, Labels: {}, Data: base64(text) })).json.ID);
  return { secret: await make('secrets', 'pw', 's3cret'), config: await make('configs', 'conf', 'mode=fast') };
}

const withFiles = ({ secret, config }: { readonly secret: string; readonly config: string }) => ({
  Secrets: [{ SecretID: secret, SecretName: 'pw', File: { Name: 'pw', UID: '1000', GID: '50', Mode: 0o400 } }],
  Configs: [{ ConfigID: config, ConfigName: 'conf', File: { Name: '/etc/app.conf', UID: '0', GID: '0', Mode: 0o444 } }],
});

describe('secrets and configs', () => {
  it('are files in the containers of a service, and nowhere on the disk', async () => {
    const seen = await withSwarm(async (swarm) => {
      const container = withFiles(await makeFiles(swarm));
      await swarm.createService('reads', { cmd: ['cat', '/run/secrets/pw'], container, task: { RestartPolicy: { Condition: 'none' } } });
      await swarm.createService('also', { cmd: ['cat', '/etc/app.conf'], container, task: { RestartPolicy: { Condition: 'none' } } });
      await swarm.pass(3000);
      const log = async (name: string): Promise<string> => (await swarm.call('GET', `/services/${name}/logs?stdout=1`)).text;
      return [await log('reads'), await log('also')];
    });
    expect(seen[0]).toContain('s3cret');
    expect(seen[1]).toContain('mode=fast');
  });

  it('are not shown again if they are secret, and stay while a service uses them', async () => {
    const seen = await withSwarm(async (swarm) => {
      await swarm.createService('reads', { container: withFiles(await makeFiles(swarm)) });
      const removed = await swarm.call('DELETE', '/secrets/pw');
      const shown = async (path: string) => (await swarm.get<{ Spec: { Data?: string } }>(path)).Spec.Data;
      return { removed: removed.json.message, secret: await shown('/secrets/pw'), config: await shown('/configs/conf') };
    });
    expect(seen).toEqual({
      removed: "rpc error: code = InvalidArgument desc = secret 'pw' is in use by the following service: reads",
      secret: undefined,
      config: base64('mode=fast'),
    });
  });

  it('cannot be empty, and have one name each', async () => {
    const messages = await withSwarm(async (swarm) => {
      const make = async (Name: string, text: string) =>
        (await swarm.call('POST', '/secrets/create', { Name, Labels: {}, Data: base64(text) })).json.message;
      return [await make('a', ''), await make('b', 'x'), await make('b', 'y'), await make('no name', 'x')];
    });
    expect(messages).toEqual([
      'rpc error: code = InvalidArgument desc = secret data must be larger than 0 and less than 512000 bytes',
      undefined,
      'rpc error: code = AlreadyExists desc = secret b already exists',
      'rpc error: code = InvalidArgument desc = invalid name, only 64 [a-zA-Z0-9-_.] characters allowed, and the start and end character must be [a-zA-Z0-9]',
    ]);
  });
});
