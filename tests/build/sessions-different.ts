/** Steps of the sessions that the model answers otherwise, and why. A step that is not here has to be equal. */
const WHY: Readonly<Record<string, readonly string[]>> = {
  'the path is that of the snapshot that is written, which has a name of chance': [
    "printf 'FROM busybox:1.35\\nCOPY a.txt d /x\\n' | docker build -f - app",
    "printf 'FROM busybox:1.35\\nCOPY d /etc/passwd\\n' | docker build -f - app",
    "printf 'FROM busybox:1.35\\nRUN mkdir -p /t/a.txt\\nCOPY a.txt /t\\n' | docker build -f - app",
  ],
  'both platforms of the recorded images have the same layers: BuildKit finds that out and does like steps once': [
    'docker build --platform linux/amd64,linux/arm64 -t multi .',
    'docker build --platform linux/amd64,linux/arm64 -t localhost:5000/multi:1 --push .',
  ],
  'several things at once, of which a real Engine tells in no fixed order': [
    'docker build --push --load -t localhost:5000/p:3 .',
    'docker build -f a.df .',
    'docker build -f b.df .',
    'DOCKER_BUILDKIT=0 docker build fail 2>&1 | grep -v DEPREC',
    "docker build -t localhost:5000/a:1 -t localhost:5000/a:2 --push . 2>&1 | grep -c 'pushing manifest'",
    "docker build --cache-from localhost:5000/app:1 . 2>&1 | grep -E '^#[0-9]+ (importing|inferred|\\[.*RUN|\\[.*COPY|CACHED)' | sed 's/^#[0-9]*/#/'",
    'docker buildx imagetools create -t localhost:5000/multi:both localhost:5000/multi:amd localhost:5000/multi:arm',
    `docker build --progress rawjson . 2>&1 | grep -o '"[a-z]*":' | sort | uniq -c | awk '{print ($1 > 3 ? "many" : $1), $2}'`,
    'rm app/*ignore; printf \'FROM busybox:1.35\\nCOPY link dangling abs /x/\\nRUN ls -l /x | sed "s/.*[0-9] //"\\n\' | docker build --no-cache --progress plain -f - app',
    "printf 'FROM busybox:1.35\\nCOPY --exclude=**/*.log --exclude=node_modules . /x/\\nRUN find /x | sort\\n' | docker build --progress plain -f - app 2>&1 | grep '^#[0-9]* [0-9.]* ' | sed 's/^#[0-9]* [0-9.]* //'",
    'docker build -o - app < /dev/null | tar tf - | head -3',
    'docker build --push --load -t x app',
    'docker build --push -t nosuchhost.example/x app 2>&1 | tail -2',
    'docker buildx imagetools create -t localhost:5000/b:3 localhost:5000/a:1 --annotation index:x=y',
    'docker buildx imagetools create --append -t localhost:5000/b:3 localhost:5000/a:1',
  ],
  'two builds in one second make the same files, so the second image holds the records of the first: a real Engine takes longer': [
    "docker buildx du --format '{{.Type}}' | sort",
  ],
  'limits and mounts of the machine that was recorded': [
    'docker build --add-host one:10.0.0.1 --add-host two=10.0.0.2 .',
    'docker build --add-host six:fe80::1 --add-host gw:host-gateway .',
    'docker build --network none .',
    "printf 'FROM busybox:1.35\\nRUN cat /etc/hosts /etc/resolv.conf; ls -a / /etc; hostname; cat /etc/hostname; env | sort; mount | grep -c .; ls /dev; id; umask; ulimit -n\\n' | docker build --progress plain -f - app 2>&1 | grep '^#[0-9]* [0-9.]* ' | sed 's/^#[0-9]* [0-9.]* //'",
    'docker buildx history ls --local | wc -l',
    'docker buildx du --timeout 5s --filter type=source.local | tail -2',
  ],
  'to ask how large a cache of RUN is counts as a use of it, once: here looking moves nothing': [
    'docker buildx du --verbose --filter type=exec.cachemount',
    'docker builder prune -f | grep -c true',
  ],
  'what this builder does not do yet: credentials are shared without a step of their own, layers that an image shares stay when the cache is pruned':
    [
      'docker build --push -t localhost:5001/p:1 .',
      'docker build --build-arg FROM=localhost:5001/p:1 -t child .',
      'docker build -t a . 2>&1 | grep -c CACHED',
      "docker buildx du --format '{{.Type}} {{.Shared}}' | sort",
      'docker builder prune --all -f | grep -c true',
    ],
  'details of documents and errors': [
    'docker pull localhost:5000/cache:2',
    "docker buildx imagetools inspect localhost:5000/one:1 --format '{{json .Image.Config}}'",
    'docker build -o type=image,name=Bad:Name -q .',
    'docker build --target broken .',
  ],
  'builders of other drivers': [
    'docker buildx ls --format json',
    'docker buildx create --name remote --driver remote tcp://127.0.0.1:1',
    'docker buildx create --name b1',
    'docker buildx inspect b1 | grep -v Activity',
    'docker buildx use b1; docker buildx ls | head -2; docker buildx use default',
    'docker buildx rm b1',
    'docker buildx ls',
    'docker buildx inspect remote',
    'docker buildx rm remote',
    'docker buildx dial-stdio < /dev/null',
    'docker buildx install',
    'docker buildx uninstall',
  ],
  'not in the model: traces, Docker Desktop, git, operations as BuildKit writes them, secrets that are read when a step asks for them': [
    'docker build --build-context assets=https://example.com/x.git app 2>&1 | tail -1',
    "printf 'FROM busybox:1.35\\nCOPY [a, b]\\n' | docker build -f - .",
    'docker build -f s.df --secret id=a,src=. .',
    'docker buildx history trace 2>&1 | head -2',
    'docker buildx history import < /dev/null 2>&1 | head -2',
    "docker buildx imagetools inspect localhost:5000/a:1 --format '{{json .Image.config}}'",
    "docker buildx imagetools inspect localhost:5000/a:2 --format '{{json .Provenance}}' | grep -o '\"[a-zA-Z]*\":' | sort | uniq -c | awk '{print $1, $2}'",
    "docker build --cache-from type=local,src=nosuch app 2>&1 | grep -v '^#[0-9]* \\[' | tail -5",
    'docker build --build-context second=app app 2>&1 | tail -1',
    'docker build - < /dev/null',
  ],
};

export const DIFFERENT: ReadonlyMap<string, string> = new Map(
  Object.entries(WHY).flatMap(([why, commands]) => commands.map((command) => [command, why] as const)),
);
