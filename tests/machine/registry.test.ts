/** A registry in a container: what is pushed to it comes back, lies in its volume, and is only for those who may have it. */
import { describe, expect, it } from 'vitest';
import { runJob } from '../../src/engine/machine/job.ts';
import type { Machine } from '../../src/engine/machine/types.ts';
import { computer, ms } from './computer.ts';

async function host(machine: Machine, script: string): Promise<{ status: number; text: string }> {
  const decoder = new TextDecoder();
  let text = '';
  const status = await runJob(machine, {
    argv: ['sh', '-c', script],
    onOutput: (_stream, bytes) => {
      text += decoder.decode(bytes, { stream: true });
    },
  });
  return { status, text };
}

const START = 'docker run -d -p 5000:5000 -v stock:/var/lib/registry --name registry registry:3 >/dev/null && sleep 1';

describe('a registry on localhost:5000', () => {
  it('gives back what was pushed, also after its container is gone', async () => {
    const machine = await computer({ images: ['registry:3', 'busybox'] });
    await host(machine, `${START}; docker tag busybox localhost:5000/team/app:1`);
    const pushed = await host(machine, 'docker push localhost:5000/team/app:1');
    expect(pushed.text).toMatch(
      /The push refers to repository \[localhost:5000\/team\/app\]\n(.*\n)*[0-9a-f]{12}: Pushed\n1: digest: sha256:/,
    );
    const digest = /digest: (sha256:[0-9a-f]{64})/.exec(pushed.text)?.[1];
    expect((await host(machine, 'docker push localhost:5000/team/app:1')).text).toContain('Layer already exists');
    expect((await host(machine, 'docker tag busybox localhost:5000/other && docker push localhost:5000/other')).text).toContain(
      'Mounted from team/app',
    );
    expect((await host(machine, 'curl -s localhost:5000/v2/_catalog; curl -s localhost:5000/v2/team/app/tags/list')).text).toBe(
      '{"repositories":["other","team/app"]}\n{"name":"team/app","tags":["1"]}\n',
    );
    await host(machine, 'docker rm -f registry; docker rmi localhost:5000/team/app:1 localhost:5000/other busybox');
    expect((await host(machine, 'docker pull -q localhost:5000/team/app:1')).text).toContain('connection refused');
    await host(machine, START);
    const pulled = await host(machine, 'docker pull localhost:5000/team/app:1');
    expect(pulled.text).toContain(`Digest: ${digest}\nStatus: Downloaded newer image for localhost:5000/team/app:1`);
    expect((await host(machine, 'docker run --rm localhost:5000/team/app:1 echo back')).text).toBe('back\n');
    const lies = await host(
      machine,
      'docker exec registry ls /var/lib/registry/docker/registry/v2 /var/lib/registry/docker/registry/v2/repositories/team/app/_manifests/tags',
    );
    expect(lies.text).toContain('blobs\nrepositories\n');
    expect(machine.faults()).toEqual([]);
  });

  it('asks for the account that htpasswd made', async () => {
    const machine = await computer({ images: ['registry:3', 'busybox', 'httpd'] });
    await host(machine, 'mkdir auth; docker run --rm --entrypoint htpasswd httpd -Bbn alice s3cret > auth/htpasswd');
    const env = ['REGISTRY_AUTH=htpasswd', '"REGISTRY_AUTH_HTPASSWD_REALM=The Realm"', 'REGISTRY_AUTH_HTPASSWD_PATH=/auth/htpasswd'];
    await host(
      machine,
      `docker run -d -p 5000:5000 -v "$PWD/auth:/auth" ${env.map((one) => `-e ${one}`).join(' ')} --name registry registry:3; sleep 1; docker tag busybox localhost:5000/app`,
    );
    expect((await host(machine, 'docker push localhost:5000/app')).text).toContain('no basic auth credentials');
    expect((await host(machine, 'curl -si localhost:5000/v2/')).text).toContain('Www-Authenticate: Basic realm="The Realm"');
    expect((await host(machine, 'docker login -u alice -p wrong localhost:5000')).text).toContain('401 Unauthorized');
    expect((await host(machine, 'echo s3cret | docker login -u alice --password-stdin localhost:5000')).text).toContain('Login Succeeded');
    expect((await host(machine, 'docker push -q localhost:5000/app')).status).toBe(0);
    expect((await host(machine, 'docker logout localhost:5000; docker pull localhost:5000/app')).text).toContain('pull access denied');
    const bad = await host(
      machine,
      'docker run --rm -e REGISTRY_HTTP_TLS_CERTIFICATE=/x registry:3; docker run --rm registry:3 serve /nosuch.yml',
    );
    expect(bad.text).toContain('http.tls: TLS certificates is not supported by this registry');
    expect(bad.text).toContain('open /nosuch.yml: no such file or directory');
    expect(machine.faults()).toEqual([]);
  });
});

describe('a pull', () => {
  it('goes on where an interrupted one stopped', async () => {
    const machine = await computer();
    const kept = 'sudo find /var/lib/containerd/io.containerd.content.v1.content/ingest -name data -size +0';
    const stopped = await host(machine, `timeout 0.12 docker pull -q debian; sleep 1; ${kept} | wc -l; docker images -q`);
    expect(stopped.text).toMatch(/^[12]\n$/);
    const before = machine.now();
    expect((await host(machine, 'docker pull -q debian')).text).toBe('docker.io/library/debian:latest\n');
    const second = machine.now() - before;
    const other = await computer();
    const start = other.now();
    await host(other, 'docker pull -q debian');
    expect(other.now() - start - second).toBeGreaterThan(ms(50));
    expect((await host(machine, `${kept} | wc -l`)).text).toBe('0\n');
  });

  it('of a registry without TLS elsewhere says so', async () => {
    const machine = await computer({ images: ['registry:3'] });
    const { text } = await host(
      machine,
      "docker run -d --name registry registry:3 >/dev/null; sleep 1; docker pull $(docker inspect -f '{{.NetworkSettings.Networks.bridge.IPAddress}}' registry):5000/app",
    );
    expect(text).toContain('http: server gave HTTP response to HTTPS client');
  });
});

describe('a private registry in the cloud', () => {
  const REGISTRY = '123456789012.dkr.ecr.us-east-1.amazonaws.com';

  it('takes what is pushed to a repository that was made, from whoever has a password of its API', async () => {
    const machine = await computer({ images: ['busybox'] });
    const push = `docker push ${REGISTRY}/team/app:1`;
    await host(machine, `docker tag busybox ${REGISTRY}/team/app:1`);
    expect((await host(machine, push)).text).toContain('no basic auth credentials');
    const login = `aws ecr get-login-password | docker login --username AWS --password-stdin ${REGISTRY}`;
    expect((await host(machine, login)).text).toContain('Login Succeeded');
    expect((await host(machine, push)).text).toContain(
      "The repository with name 'team/app' does not exist in the registry with id '123456789012'",
    );
    const made = await host(machine, 'aws ecr create-repository --repository-name team/app --query repository.repositoryUri --output text');
    expect(made.text).toBe(`${REGISTRY}/team/app\n`);
    expect((await host(machine, push)).text).toContain(': Pushed\n');
    const again = await host(
      machine,
      `docker rmi ${REGISTRY}/team/app:1 busybox >/dev/null; docker run --rm ${REGISTRY}/team/app:1 echo back`,
    );
    expect(again.text).toContain('\nback\n');
    expect((await host(machine, 'aws ecr list-images --repository-name team/app --query imageIds[0].imageTag --output text')).text).toBe(
      '1\n',
    );
    expect((await host(machine, 'aws ecr delete-repository --repository-name team/app')).status).toBe(254);
    expect((await host(machine, 'aws ecr list-images --repository-name team/app --region ap-northeast-2')).text).toContain(
      'RepositoryNotFoundException',
    );
    expect((await host(machine, 'HOME=/tmp aws sts get-caller-identity')).text).toContain('You must specify a region');
    expect(machine.faults()).toEqual([]);
  });
});

describe('Docker Hub', () => {
  it('counts pulls and says how many are left', async () => {
    const machine = await computer();
    const token =
      'curl -s "https://auth.docker.io/token?service=registry.docker.io&scope=repository:library/busybox:pull" | sed \'s/.*"token":"\\([^"]*\\)".*/\\1/\'';
    const left = `curl -sI -H "Authorization: Bearer $(${token})" https://registry-1.docker.io/v2/library/busybox/manifests/latest | grep -i ratelimit-remaining`;
    expect((await host(machine, left)).text).toContain('100;w=21600');
    await host(machine, 'docker pull -q busybox');
    const after = Number(/(\d+);w=21600/.exec((await host(machine, left)).text)?.[1]);
    expect(after).toBeLessThan(100);
    const asked = `for i in $(seq ${after}); do curl -s -o /dev/null -H "Authorization: Bearer $(${token})" https://registry-1.docker.io/v2/library/busybox/manifests/latest; done; docker pull alpine`;
    expect((await host(machine, asked)).text).toContain('You have reached your unauthenticated pull rate limit');
  });
});

describe('/etc/docker/daemon.json', () => {
  it('lets a registry do without TLS, and another stand in for Docker Hub', async () => {
    const machine = await computer({ images: ['registry:3', 'busybox'] });
    const ip = "$(docker inspect -f '{{.NetworkSettings.Networks.bridge.IPAddress}}' registry)";
    await host(machine, `docker run -d --name registry registry:3; sleep 1; docker tag busybox ${ip}:5000/library/mine`);
    expect((await host(machine, `docker push ${ip}:5000/library/mine`)).text).toContain('server gave HTTP response to HTTPS client');
    await host(
      machine,
      `echo "{\\"insecure-registries\\": [\\"${ip}:5000\\"], \\"registry-mirrors\\": [\\"http://${ip}:5000\\"]}" | sudo tee /etc/docker/daemon.json; sudo systemctl restart docker; docker start registry; sleep 1`,
    );
    expect((await host(machine, `docker push ${ip}:5000/library/mine`)).text).toContain(': Pushed\n');
    expect((await host(machine, 'docker info 2>/dev/null')).text).toMatch(
      /Insecure Registries:\n {2}172\.17\.0\.2:5000\n(.*\n)*? Registry Mirrors:\n/,
    );
    expect((await host(machine, 'docker pull mine')).text).toContain('Status: Downloaded newer image for mine:latest');
    expect((await host(machine, 'docker pull -q hello-world')).text).toBe('docker.io/library/hello-world:latest\n');
    await host(
      machine,
      'echo "{\\"registry-mirrors\\": [\\"nonsense\\"]}" | sudo tee /etc/docker/daemon.json; sudo systemctl restart docker',
    );
    expect((await host(machine, 'systemctl is-active docker')).text).toBe('failed\n');
    expect(machine.faults()).toEqual([]);
  });
});

describe("GitHub's registry", () => {
  it('takes what its account pushes under its own name, by a token', async () => {
    const machine = await computer({ images: ['busybox'] });
    await host(machine, 'docker tag busybox ghcr.io/learner/app; docker tag busybox ghcr.io/other/app');
    expect((await host(machine, 'docker push ghcr.io/learner/app')).text).toContain('insufficient_scope: authorization failed');
    expect((await host(machine, 'echo wrong | docker login ghcr.io -u learner --password-stdin')).text).toContain(
      'Get "https://ghcr.io/v2/": unauthorized: incorrect username or password',
    );
    expect((await host(machine, 'docker login ghcr.io -u learner --password-stdin < ~/.ghcr-token')).text).toContain('Login Succeeded');
    expect((await host(machine, 'docker push -q ghcr.io/learner/app')).text).toContain('ghcr.io/learner/app:latest');
    expect((await host(machine, 'docker push ghcr.io/other/app')).text).toContain('insufficient_scope: authorization failed');
    await host(machine, 'docker rmi ghcr.io/learner/app ghcr.io/other/app busybox');
    expect((await host(machine, 'docker run --rm ghcr.io/learner/app echo back')).text).toContain('\nback\n');
    expect((await host(machine, 'docker logout ghcr.io; docker pull ghcr.io/learner/app:2')).text).toContain(
      "pull access denied for ghcr.io/learner/app, repository does not exist or may require 'docker login'",
    );
    expect(machine.faults()).toEqual([]);
  });
});
