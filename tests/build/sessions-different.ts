/** Steps of the sessions that the model answers otherwise, and why. A step that is not here has to be equal. */
const WHY: Readonly<Record<string, readonly string[]>> = {
  'the path is that of the snapshot that is written, which has a name of chance': [
    "printf 'FROM busybox:1.35\\nCOPY a.txt d /x\\n' | docker build -f - app",
    "printf 'FROM busybox:1.35\\nCOPY d /etc/passwd\\n' | docker build -f - app",
    "printf 'FROM busybox:1.35\\nRUN mkdir -p /t/a.txt\\nCOPY a.txt /t\\n' | docker build -f - app",
  ],
  'several things at once, of which a real Engine tells in no fixed order': [
    'rm app/*ignore; printf \'FROM busybox:1.35\\nCOPY link dangling abs /x/\\nRUN ls -l /x | sed "s/.*[0-9] //"\\n\' | docker build --no-cache --progress plain -f - app',
    "printf 'FROM busybox:1.35\\nCOPY --exclude=**/*.log --exclude=node_modules . /x/\\nRUN find /x | sort\\n' | docker build --progress plain -f - app 2>&1 | grep '^#[0-9]* [0-9.]* ' | sed 's/^#[0-9]* [0-9.]* //'",
    'docker build -o - app < /dev/null | tar tf - | head -3',
    'docker build --output type=local,dest=out --output type=tar,dest=out.tar app 2>&1 | tail -4',
    'docker build --push --load -t x app',
    'docker build --push -t nosuchhost.example/x app 2>&1 | tail -2',
    'docker buildx imagetools create -t localhost:5000/b:3 localhost:5000/a:1 --annotation index:x=y',
    'docker buildx imagetools create --append -t localhost:5000/b:3 localhost:5000/a:1',
  ],
  'limits and mounts of the machine that was recorded': [
    "printf 'FROM busybox:1.35\\nRUN cat /etc/hosts /etc/resolv.conf; ls -a / /etc; hostname; cat /etc/hostname; env | sort; mount | grep -c .; ls /dev; id; umask; ulimit -n\\n' | docker build --progress plain -f - app 2>&1 | grep '^#[0-9]* [0-9.]* ' | sed 's/^#[0-9]* [0-9.]* //'",
    'docker buildx history ls --local | wc -l',
    'docker buildx du --timeout 5s --filter type=source.local | tail -2',
  ],
  'builders of other drivers, and what the API does not tell of a builder': [
    'docker buildx ls --format json | cut -c1-20',
    'docker buildx ls --format json',
    'docker buildx inspect',
    'docker buildx inspect | sed -n 4,12p',
    'docker buildx inspect --bootstrap default | head -2',
    'docker buildx create --name remote --driver remote tcp://127.0.0.1:1',
    'docker buildx ls',
    'docker buildx inspect remote',
    'docker buildx rm remote',
    'docker buildx dial-stdio < /dev/null',
    'docker buildx install',
    'docker buildx uninstall',
  ],
  'not in the model: contents of attachments, traces, Docker Desktop, local caches, layouts as directories': [
    'docker buildx history inspect attachment --type provenance | head -3',
    'docker buildx history trace 2>&1 | head -2',
    'docker buildx history import < /dev/null 2>&1 | head -2',
    "docker buildx imagetools inspect localhost:5000/a:1 --format '{{json .Image.config}}'",
    "docker buildx imagetools inspect localhost:5000/a:2 --format '{{json .Provenance}}' | grep -o '\"[a-zA-Z]*\":' | sort | uniq -c | awk '{print $1, $2}'",
    "docker build --output type=oci,dest=oci,tar=false app 2>&1 | tail -3; find oci | sed 's/[0-9a-f]\\{64\\}/H/' | sort | uniq -c | awk '{print $1, $2}'",
    'docker build --cache-to type=local app 2>&1 | tail -2',
    "docker build --cache-from type=local,src=nosuch app 2>&1 | grep -v '^#[0-9]* \\[' | tail -5",
    'docker build --metadata-file /nosuch/x -q app 2>&1 | tail -1',
    'docker build --build-context base=nosuch app 2>&1 | tail -1',
    'docker build --build-context second=app app 2>&1 | tail -1',
    'docker build - < /dev/null',
  ],
};

export const DIFFERENT: ReadonlyMap<string, string> = new Map(
  Object.entries(WHY).flatMap(([why, commands]) => commands.map((command) => [command, why] as const)),
);
