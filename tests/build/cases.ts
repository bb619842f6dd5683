/** Builds on images of the catalogue: each context below `contexts/`, and what a shell on the host says once its image is there. */
export interface Case {
  readonly name: string;
  /** What a shell on the host says once the image is there. */
  readonly says: Readonly<Record<string, string>>;
}

const run = (name: string, command = ''): string => `docker run --rm ${name}${command === '' ? '' : ` ${command}`}`;
const config = (name: string, format: string): string => `docker image inspect -f '${format}' ${name}`;

export const CASES: readonly Case[] = [
  {
    name: 'static-site',
    says: {
      'docker run -d -q --name site -p 8081:80 static-site > /dev/null; sleep 1; curl -s localhost:8081/css/main.css; docker rm -f site':
        'h1 { color: teal }\nsite\n',
      [config('static-site', '{{json .Config.Healthcheck.Test}} {{index .Config.Labels "org.opencontainers.image.title"}}')]:
        '["CMD-SHELL","wget -q -O /dev/null http://localhost/ || exit 1"] Static site\n',
    },
  },
  {
    name: 'spa-two-stages',
    says: { [run('spa-two-stages', 'cat /usr/share/nginx/html/index.html')]: '<ul>\n<li>left-pad</li>\n<li>right-pad</li>\n</ul>\n' },
  },
  {
    name: 'service-user',
    says: {
      [run('service-user')]: 'app runs serve of a service on 8080, greeting ahoy\n',
      [run('service-user', 'migrate')]: 'app runs migrate of a service on 8080, greeting ahoy\n',
      [`${run('--entrypoint ls service-user', '-ldn data')} | cut -d' ' -f1,3,4`]: 'drwx------ 1500 1500\n',
      [config('service-user', '{{.Config.User}} {{.Config.StopSignal}} {{json .Config.Volumes}}')]: 'app SIGQUIT {"/srv/app/data":{}}\n',
    },
  },
  {
    name: 'binary-from-scratch',
    says: {
      [run('binary-from-scratch')]: 'Built from nothing.\n',
      [config('binary-from-scratch', '{{len .RootFS.Layers}} {{.Config.User}}')]: '2 nobody\n',
    },
  },
  {
    name: 'build-arguments',
    says: {
      [run('build-arguments')]: '0.0.0 none\n',
      'docker build -q --build-arg VERSION=2.1.0-rc1 --build-arg COMMIT=abc -t build-arguments:2 build-arguments > /dev/null; docker run --rm build-arguments:2':
        '2.1.0 abc\n',
      [config('build-arguments:2', '{{json .Config.Labels}}')]: '{"commit":"abc","version":"2.1.0-rc1"}\n',
    },
  },
  {
    name: 'heredoc-config',
    says: { [run('heredoc-config', 'cat /usr/local/apache2/htdocs/all.txt')]: '$TITLE stays\n<h1>A page</h1>\n' },
  },
  {
    name: 'database-with-schema',
    says: { [run('--entrypoint ls database-with-schema', '/docker-entrypoint-initdb.d')]: '01-schema.sql\n02-data.sql\n' },
  },
  {
    name: 'cache-settings',
    says: {
      [config('cache-settings', '{{json .Config.Cmd}}')]: '["redis-server","/usr/local/etc/redis/redis.conf"]\n',
      [`${run('--entrypoint ls cache-settings', '-l /usr/local/etc/redis/redis.conf')} | cut -d' ' -f1`]: '-rw-r--r--\n',
    },
  },
  { name: 'onbuild-parent', says: { [config('onbuild-parent', '{{json .Config.OnBuild}}')]: '["COPY . .","RUN sort -o names names"]\n' } },
  {
    name: 'onbuild-child',
    says: { [run('onbuild-child')]: 'alpha\nzulu\n', [config('onbuild-child', '{{json .Config.OnBuild}}')]: 'null\n' },
  },
  { name: 'mounts', says: { [run('mounts')]: 'ONE\nTWO\nWORDS\n', [run('mounts', 'ls -d /scratch /in')]: '' } },
  { name: 'packages-debian', says: { [`${run('packages-debian')} | cut -d' ' -f1 | head -1`]: 'curl\n' } },
  {
    name: 'node-service',
    says: {
      [run('node-service')]: 'listening in production\n',
      [run('node-service', 'sh -c "cat routes.txt; ls src; stat -c %U package.json"')]:
        '/berths\n/tides\nmake-routes.js\nserver.js\nnode\n',
    },
  },
  {
    name: 'python-worker',
    says: {
      [run('python-worker')]: 'worker --once in /home/worker\n',
      [run('--entrypoint cat python-worker', 'checked')]: '45\n',
    },
  },
  {
    name: 'java-runtime',
    says: { [run('java-runtime')]: 'spring\nopenjdk version "21.0.9" 2025-10-21 LTS\n-Xmx64m\n' },
  },
  {
    name: 'nginx-proxy',
    says: {
      'docker run -d --name proxy -p 8082:8080 nginx-proxy > /dev/null; sleep 1; curl -s -H "Host: harbour.example" localhost:8082; docker logs proxy 2>&1 | grep ^note; docker rm -f proxy':
        'harbour.example asks app:3000\nnote: harbour.example\nproxy\n',
    },
  },
  {
    name: 'postgres-client',
    says: {
      [run('-e PGHOST=db postgres-client')]: 'dump of db by psql (PostgreSQL) 17\n',
      [`${run('postgres-client')} 2>&1`]: '/usr/local/bin/backup: line 3: PGHOST: where is the database\n',
    },
  },
  {
    name: 'apk-build-deps',
    says: { [run('apk-build-deps')]: 'uid=100(app) gid=101(app) groups=101(app)\n\techo built\n' },
  },
  {
    name: 'dnf-nginx',
    says: {
      'docker run -d --name packaged dnf-nginx > /dev/null; sleep 1; docker exec packaged curl -s localhost; docker exec packaged id -u web; docker rm -f packaged':
        '<h1>From packages</h1>\n999\npackaged\n',
    },
  },
  {
    name: 'apt-cache-mounts',
    says: { [run('apt-cache-mounts')]: 'started by tini, packages left: 0\n' },
  },
  {
    name: 'ubuntu-bash',
    says: { [run('ubuntu-bash')]: '0 anchor\n1 buoy\n2 cable\npipefail is on\nsailor /home/sailor\n750 sailor\n' },
  },
  {
    name: 'httpd-site',
    says: {
      'docker run -d --name pages -p 8083:8080 httpd-site > /dev/null; sleep 1; curl -s localhost:8083/robots.txt; docker exec pages stat -c "%U %a" htdocs/robots.txt; docker rm -f pages':
        'User-agent: *\nDisallow:\nwww-data 644\npages\n',
    },
  },
  { name: 'go-hello-scratch', says: { [run('go-hello-scratch')]: 'hello, world\n' } },
  {
    name: 'go-web-service',
    says: {
      'docker run -d -q --name ping -p 8084:8080 go-web-service > /dev/null; sleep 2; curl -s localhost:8084; curl -s localhost:8084/healthz':
        'Hello, Docker! <3\n{"status":"OK","min":2}\n',
      "docker inspect -f '{{.State.Health.Status}}' ping; curl -s -o /dev/null -w '%{http_code}\\n' localhost:8084/none": 'healthy\n404\n',
      "docker stop ping > /dev/null; docker logs ping 2>&1; docker inspect -f '{{.State.ExitCode}}' ping; docker rm ping":
        'listening on :8080\nshutting down\nbye\n0\nping\n',
      'docker build --target run-test-stage --progress=plain --no-cache-filter run-test-stage go-web-service 2>&1 | grep -oE "(---|===|ok).*" | sed "s/[0-9.]*s)*$//"':
        '=== RUN   TestIntMin\n--- PASS: TestIntMin (\n=== RUN   TestHello\n--- PASS: TestHello (\nok  \tgithub.com/example/docker-gs-ping\t\n',
    },
  },
  {
    name: 'go-internal-packages',
    says: {
      [run('go-internal-packages')]: 'Good day, Dr. Ann. 2\nGood day, Dr. Bob. 1\ntrue\n',
      "printf 'a\\nb' | docker run --rm -i go-internal-packages lines": '  1  a\n  2  b\n',
    },
  },
  {
    name: 'go-version-flags',
    says: {
      [run('go-version-flags', '-version')]: 'tool dev (none) go1.25.5 linux/amd64\n',
      'docker build -q --build-arg VERSION=2.0 --build-arg COMMIT=abc1234 --build-arg GO_VERSION=1.23 -t go-version-flags:2 go-version-flags > /dev/null; docker run --rm go-version-flags:2 -version':
        'tool 2.0 (abc1234) go1.23.12 linux/amd64\n',
      [`${run('go-version-flags', '-fail 3')} 2>&1; echo $?`]: 'failing as told\n3\n',
      [`${run('go-version-flags')} 2>&1 | sed -n 2,3p`]: '  -fail status\n    \texit with this status\n',
      [`${run('go-version-flags', '-version=false')} 2>&1; echo $?`]:
        'panic: nothing to do: dev\n\ngoroutine 1 [running]:\nmain.main()\n\texample.com/tool/main.go:26 +0x162\n2\n',
    },
  },
  {
    name: 'go-dynamic-binary',
    says: {
      [run('go-dynamic-binary')]: 'true <nil>\n',
      [`${run('go-dynamic-binary', '/look')} 2>&1 | head -1`]: 'exec /look: no such file or directory\n',
    },
  },
];
