/** SSH agents on the host and in the steps of a build. */
import { describe, expect, it } from 'vitest';
import { runJob } from '../../src/engine/machine/job.ts';
import { computer } from './computer.ts';

async function sh(script: string): Promise<string> {
  const machine = await computer({ start: 'images', images: ['alpine'] });
  let text = '';
  await runJob(machine, { argv: ['bash', '-c', script], onOutput: (_stream, bytes) => (text += new TextDecoder().decode(bytes)) });
  expect(machine.faults()).toEqual([]);
  return text;
}

const START = 'eval $(ssh-agent) > /dev/null; ssh-add -q';
const build = (run: string, options = ''): string =>
  `printf 'FROM alpine\\nRUN apk add -q openssh-client\\nRUN --mount=type=ssh${run}\\n' | docker build --progress plain ${options} - 2>&1 | sed -n 's/^#6 [0-9.]* //p; s/^ERROR: /&/p'`;

describe('ssh-agent', () => {
  it('holds keys for as long as it runs', async () => {
    const text = await sh(
      `ssh-add -l; echo $?; eval $(ssh-agent); ssh-add -l; echo $?; ssh-add 2>&1; ssh-add -l; ssh-add -L | cmp - .ssh/id_ed25519.pub && echo same
       ssh-add -d .ssh/id_ed25519; ssh-add -D; ssh-add -l; ls -l $SSH_AUTH_SOCK | cut -c1-18; eval $(ssh-agent -k); ssh-add -l; ls /tmp; ssh-agent -k`,
    );
    expect(text.replace(/pid \d+/g, 'pid N').replace(/SHA256:\S{43}/g, 'SHA256:…')).toBe(
      [
        'Could not open a connection to your authentication agent.',
        '2',
        'Agent pid N',
        'The agent has no identities.',
        '1',
        'Identity added: /home/learner/.ssh/id_ed25519 (learner@docker-host)',
        '256 SHA256:… learner@docker-host (ED25519)',
        'same',
        'Identity removed: .ssh/id_ed25519 ED25519 (learner@docker-host)',
        'All identities removed.',
        'The agent has no identities.',
        'srw------- 1 learn',
        'Agent pid N killed',
        'Could not open a connection to your authentication agent.',
        'SSH_AGENT_PID not set, cannot kill agent',
        '',
      ].join('\n'),
    );
  });

  it('lasts as long as the command it was started for', async () => {
    const text = await sh(
      `ssh-agent sh -c 'ssh-add -q; ssh-add -l | cut -d" " -f3; ls /tmp | cut -c1-4'; sleep 11; ls /tmp; pgrep -x ssh-agent || echo gone`,
    );
    expect(text).toBe('learner@docker-host\nssh-\ngone\n');
  });

  it('lets one in where no key lies', async () => {
    expect(
      await sh(`${START}; rm .ssh/id_ed25519*; ssh -o StrictHostKeyChecking=accept-new docker-host-2 hostname 2> /dev/null; ssh-add -D 2> /dev/null
        ssh docker-host-2 hostname`),
    ).toBe('docker-host-2\nlearner@docker-host-2: Permission denied (publickey).\n');
  });

  it('refuses keys that others can read', async () => {
    const text = await sh(
      `${START}; ssh-keygen -q -N '' -f k; chmod 644 k; ssh-add k; echo $?; echo x > y; chmod 600 y; ssh-add y nosuch; echo $?`,
    );
    expect(text).toContain("Permissions 0644 for 'k' are too open.\n");
    expect(text).toMatch(
      /This private key will be ignored\.\n1\nError loading key "y": error in libcrypto\nnosuch: No such file or directory\n1\n$/,
    );
  });
});

describe('ssh-keygen and ssh-keyscan', () => {
  it('ask where to put a key, and draw it', async () => {
    const text = await sh(
      `printf 'new\\n\\n\\n' | ssh-keygen; ls new*; printf 'n\\n' | ssh-keygen -q -N '' -f new; printf 'a\\nb\\n' | ssh-keygen -q -f other`,
    );
    expect(text).toContain('Enter file in which to save the key (/home/learner/.ssh/id_ed25519): ');
    expect(text).toContain(
      'Enter passphrase for "new" (empty for no passphrase): Enter same passphrase again: Your identification has been saved in new\n',
    );
    const picture = text.split('\n').slice(-17, -6);
    expect(text).toMatch(/\+--\[ED25519 256\]--\+\n(\|[ .o+=*BOX@%&#/^SE]{17}\|\n){9}\+----\[SHA256\]-----\+\nnew\nnew\.pub\n/);
    expect(picture.join('').match(/[SE]/g)?.length).toBeGreaterThan(0);
    expect(text).toMatch(/new already exists\.\nOverwrite \(y\/n\)\? /);
    expect(text).toContain('Passphrases do not match.');
  });

  it('asks a host for its key', async () => {
    expect(
      await sh(`ssh-keyscan -t ed25519 docker-host-2 2> /dev/null > .ssh/known_hosts; ssh docker-host-2 hostname; ssh-keyscan -q nosuch`),
    ).toBe('docker-host-2\ngetaddrinfo nosuch: Name or service not known\n');
  });
});

describe('docker build --ssh', () => {
  it('lends the agent to a step, and to that step alone', async () => {
    const text = await sh(
      `${START}; ${build(' ls -l $SSH_AUTH_SOCK | cut -c1-30; ssh-add -l | cut -d" " -f3; ssh-add -D; ssh -o StrictHostKeyChecking=no -q learner@docker-host-2 hostname\\nRUN ls /run/buildkit', '--ssh default')}; ssh-add -l | cut -d' ' -f3`,
    );
    expect(text).toBe(
      'srw-------    1 root     root \nlearner@docker-host\nFailed to remove all identities.\ndocker-host-2\nERROR: failed to build: failed to solve: process "/bin/sh -c ls /run/buildkit" did not complete successfully: exit code: 1\nlearner@docker-host\n',
    );
  });

  it('makes an agent of keys, under a name and a place of one’s own', async () => {
    const text = await sh(
      `ssh-keygen -q -N '' -f one; ssh-keygen -q -N '' -f two; ${build(',id=deploy,target=/agent,mode=0666 echo $SSH_AUTH_SOCK; ls -l /agent | cut -c1-10; ssh-add -L | wc -l', '--ssh deploy=one,two')}`,
    );
    expect(text).toBe('/agent\nsrw-rw-rw-\n2\n');
  });

  it('goes without one, unless the step needs it', async () => {
    expect(await sh(build(' echo "sock $SSH_AUTH_SOCK"; ssh-add -l'))).toBe(
      'sock /run/buildkit/ssh_agent.0\nError connecting to agent: No such file or directory\nERROR: failed to build: failed to solve: process "/bin/sh -c echo \\"sock $SSH_AUTH_SOCK\\"; ssh-add -l" did not complete successfully: exit code: 2\n',
    );
    expect(await sh(build(',required true'))).toBe('ERROR: failed to build: failed to solve: unset ssh forward key default\n');
    expect(await sh(`${START}; ${build(',id=other,required true', '--ssh default')}`)).toBe(
      'ERROR: failed to build: failed to solve: unset ssh forward key other\n',
    );
    expect(await sh(`docker build --ssh default - < /dev/null; echo x > k; docker build --ssh default=k -`)).toBe(
      'ERROR: failed to build: failed to convert agent config {default [] false}: invalid empty ssh agent socket: make sure SSH_AUTH_SOCK is set\nERROR: failed to build: failed to convert agent config {default [k] false}: failed to convert agent config for ID: "default": failed to parse k: ssh: no key found\n',
    );
  });

  it('hears of an agent that ended meanwhile', async () => {
    expect(
      await sh(`${START}; export SSH_AUTH_SOCK; ${build(' sleep 2; ssh-add -l', '--ssh default')} & sleep 1; kill $SSH_AGENT_PID; wait`),
    ).toMatch(/^error fetching identities: communication with agent failed\n/);
  });
});
