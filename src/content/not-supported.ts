/** What Docker has and this machine has not, or not yet: shown on the fidelity page. Commands of these areas say so plainly when they are used. */
export interface NotSupported {
  readonly id: string;
  /** Docker's own name for it. */
  readonly name: string;
  /** What one meets instead, in both languages. */
  readonly what: { readonly en: string; readonly ko: string };
}

export const notSupported: readonly NotSupported[] = [
  {
    id: 'builders',
    name: 'docker buildx bake, create',
    what: {
      en: 'The engine itself is the only builder. Bake files, builders in containers, policies and SBOM scanners are not there.',
      ko: '엔진 자체가 유일한 빌더입니다. Bake 파일, 컨테이너 빌더, 정책, SBOM 스캐너는 없습니다.',
    },
  },
  {
    id: 'build-sources',
    name: 'docker build: Git contexts, RUN --security=insecure, RUN on a foreign platform',
    what: {
      en: 'Each says so when it is asked for: this host has no git, so a build from a repository ends as on any host without it. A context is a directory, an archive or a URL. Images for several platforms are built, but there is no emulator: a program of another platform ends with exec format error.',
      ko: '요청하면 지원하지 않는다고 알려 줍니다. 호스트에 git이 없으므로 저장소에서 시작하는 빌드는 git이 없는 호스트에서처럼 끝납니다. 컨텍스트는 디렉터리, 아카이브, URL 중 하나입니다. 여러 플랫폼의 이미지를 빌드할 수 있지만 에뮬레이터가 없어서 다른 플랫폼의 프로그램은 exec format error로 끝납니다.',
    },
  },
  {
    id: 'go-compiler',
    name: 'golang: modules of others, cgo, reflect, templates, database/sql, https, goto, complex numbers',
    what: {
      en: 'go build compiles, and what it writes runs: the language with generics and goroutines, and the part of the standard library that first programs use. The compiler says what of a package is not there. Modules of others cannot be fetched, since no proxy for them is on the network. Programs are small files that the model interprets; what a handler of net/http writes is sent when it returns.',
      ko: 'go build는 실제로 컴파일하고 그 결과물은 실행됩니다. 제네릭과 고루틴을 포함한 언어, 그리고 처음 만드는 프로그램이 쓰는 표준 라이브러리가 있습니다. 패키지에 없는 것은 컴파일러가 알려 줍니다. 네트워크에 모듈 프록시가 없으므로 다른 사람의 모듈은 받을 수 없습니다. 빌드된 프로그램은 모델이 해석하는 작은 파일이며, net/http 핸들러가 쓴 내용은 핸들러가 끝날 때 전송됩니다.',
    },
  },
  {
    id: 'python',
    name: 'python: C extensions, ssl, zipfile, sqlite3, multiprocessing; pip: builds from source, most packages',
    what: {
      en: 'Scripts run: the whole language, and the part of the standard library that services use. What is missing fails as an import. pip installs from an index of small packages of our own: flask with what it needs, redis, requests, python-dotenv. Regular expressions are the browser’s, so one that backtracks for ever cannot be interrupted.',
      ko: '스크립트가 실행됩니다. 언어는 모두 있고 표준 라이브러리는 서비스가 쓰는 부분이 있습니다. 없는 것은 import에서 실패합니다. pip는 직접 만든 작은 패키지의 인덱스에서 설치합니다. flask와 그것이 필요로 하는 것, redis, requests, python-dotenv가 있습니다. 정규식은 브라우저의 것이라서 끝없이 되돌아가는 식은 중단할 수 없습니다.',
    },
  },
  {
    id: 'node',
    name: 'node: worker_threads, cluster, http2, vm, native modules; npm: most packages, workspaces; yarn',
    what: {
      en: 'Scripts run: the language, modules of both kinds, and the part of node’s library that services use. What is missing fails as a module. npm installs from a registry of small packages of our own: express, cors, morgan, dotenv, debug, chalk, uuid, lodash, nodemon. It asks nobody about vulnerabilities. Regular expressions are the browser’s, so one that backtracks for ever cannot be interrupted.',
      ko: '스크립트가 실행됩니다. 언어와 두 가지 모듈 방식, 그리고 node 라이브러리 가운데 서비스가 쓰는 부분이 있습니다. 없는 것은 모듈을 찾을 때 실패합니다. npm은 직접 만든 작은 패키지의 레지스트리에서 설치합니다. express, cors, morgan, dotenv, debug, chalk, uuid, lodash, nodemon이 있습니다. 취약점은 아무에게도 묻지 않습니다. 정규식은 브라우저의 것이라서 끝없이 되돌아가는 식은 중단할 수 없습니다.',
    },
  },
  {
    id: 'build-history',
    name: 'docker buildx history export, import, open, trace',
    what: {
      en: 'These need Docker Desktop or a viewer of traces. ls, logs, inspect and rm work.',
      ko: 'Docker Desktop이나 트레이스 뷰어가 필요합니다. ls, logs, inspect, rm은 동작합니다.',
    },
  },
  {
    id: 'buildkit',
    name: 'drydock serve: bake targets as contexts, policies in remote contexts, --cache-to type=local, --output type=oci,tar=false, history inspect attachment',
    what: {
      en: 'A real Buildx builds on drydock serve over BuildKit’s own protocol. Graphs that it makes itself (LLB) are refused, so a target or service cannot be the context of another one. Policies are asked about names of sources alone.',
      ko: '실제 Buildx는 BuildKit 자체 프로토콜로 drydock serve에서 빌드합니다. Buildx가 직접 만든 그래프(LLB)는 거절하므로 타깃이나 서비스를 다른 것의 컨텍스트로 쓸 수 없습니다. 정책에는 소스의 이름만 물어봅니다.',
    },
  },
  {
    id: 'compose',
    name: 'docker compose publish, bridge',
    what: {
      en: 'Not yet; neither are pre_start, build --check and --ssh, nor the programs that providers and models ask for. All other commands of Compose are there.',
      ko: '아직 없습니다. provider와 models가 찾는 프로그램, pre_start, build --check와 --ssh도 없습니다. Compose의 다른 명령은 모두 있습니다.',
    },
  },
  {
    id: 'swarm-nodes',
    name: 'docker swarm join as a manager, docker node promote, encrypted overlays',
    what: {
      en: 'A swarm has one manager and any number of workers; docker-host-2 can be one (ssh docker-host-2 docker swarm join). They talk in JSON over the modelled TLS, where real ones use gRPC, and tell each other of containers over UDP 7946. VXLAN is real; its encryption is not there. Certificates have the form of real ones, but no cryptography; the swarm’s key locks, and hides nothing.',
      ko: '스웜에는 매니저 하나와 여러 워커가 있고, docker-host-2가 워커가 될 수 있습니다(ssh docker-host-2 docker swarm join). 노드끼리는 진짜의 gRPC 대신 모형 TLS 위의 JSON으로 말하고, 컨테이너 소식은 UDP 7946으로 나눕니다. VXLAN은 실제로 동작하지만 암호화는 없습니다. 인증서는 진짜와 형식이 같지만 암호화는 없으며, 잠금 키는 스웜을 잠글 뿐 내용을 숨기지는 않습니다.',
    },
  },
  {
    id: 'swarm-services',
    name: 'docker service: --network host, --network bridge, --generic-resource, --credential-spec, cluster volumes; docker swarm ca --ca-cert, --external-ca; ipvsadm',
    what: {
      en: 'Each is refused. Services are on overlay networks, and images are pulled without the credentials of --with-registry-auth. Everything else of services, stacks, secrets and configs is there.',
      ko: '모두 거절합니다. 서비스는 overlay 네트워크를 쓰고, 이미지는 --with-registry-auth의 자격 증명 없이 내려받습니다. 서비스와 스택, 시크릿, 컨피그의 다른 기능은 모두 있습니다.',
    },
  },
  {
    id: 'plugin',
    name: 'docker plugin',
    what: { en: 'No plugins, neither for volumes nor for networks.', ko: '볼륨과 네트워크를 포함해 플러그인이 없습니다.' },
  },
  {
    id: 'gpu',
    name: '--gpus, --device',
    what: {
      en: 'The machine has no hardware to hand on; what is in its /dev can be.',
      ko: '넘겨줄 하드웨어가 없는 머신입니다. /dev에 있는 장치는 넘겨줄 수 있습니다.',
    },
  },
  { id: 'windows', name: 'Windows containers', what: { en: 'The kernel is a model of Linux.', ko: '커널은 리눅스의 모형입니다.' } },
  {
    id: 'trust',
    name: 'docker trust',
    what: {
      en: 'No content trust: signatures are neither made nor checked.',
      ko: '콘텐츠 신뢰가 없습니다. 서명을 만들거나 확인하지 않습니다.',
    },
  },
  {
    id: 'registry-settings',
    name: 'registry: http.tls, proxy, auth.token, storage.s3, notifications',
    what: {
      en: 'The registry image does not start with these settings, and says so. Its address, folder, htpasswd accounts and deletion can be set.',
      ko: '이 설정이 있으면 registry 이미지는 이유를 알리고 시작하지 않습니다. 주소, 폴더, htpasswd 계정, 삭제는 설정할 수 있습니다.',
    },
  },
  {
    id: 'hub-accounts',
    name: 'docker login (Docker Hub)',
    what: {
      en: 'Nobody has an account at the modelled Docker Hub, and there is no sign-in by a browser. Private registries take accounts.',
      ko: '모형 Docker Hub에는 계정이 없고 브라우저 로그인도 없습니다. 비공개 레지스트리에는 로그인할 수 있습니다.',
    },
  },
  {
    id: 'completion',
    name: 'docker completion fish, powershell, zsh',
    what: {
      en: 'The script for bash is there; so is docker __complete, which all of them ask.',
      ko: 'bash용 스크립트만 있습니다. 모든 셸 스크립트가 쓰는 docker __complete는 동작합니다.',
    },
  },
  {
    id: 'checkpoint',
    name: 'docker checkpoint',
    what: { en: 'A process cannot be frozen to disk and continued from there.', ko: '프로세스를 디스크에 저장했다가 이어 갈 수 없습니다.' },
  },
  {
    id: 'programs',
    name: 'machine code',
    what: {
      en: 'Programs are small ones of our own. A program that came with an image from elsewhere runs only if ours has the same name and family; its files can be explored in any case.',
      ko: '프로그램은 직접 만든 작은 것들입니다. 다른 곳에서 온 이미지의 프로그램은 같은 이름과 계열의 것이 있을 때만 실행되고, 파일은 언제나 살펴볼 수 있습니다.',
    },
  },
  {
    id: 'seccomp',
    name: 'seccomp args, AppArmor, SELinux, unshare -U',
    what: {
      en: 'Docker’s own seccomp profile holds where it counts: a privileged call goes through only if the container was given its capability. A profile of your own is asked about each call by its name; a refusal that depends on arguments refuses nothing. AppArmor and SELinux are accepted and shown, and filter nothing. No user namespace can be made by hand.',
      ko: '도커의 기본 seccomp 프로파일은 중요한 곳에서 동작합니다. 권한이 필요한 시스템 콜은 컨테이너가 그 권한(capability)을 받았을 때만 통과합니다. 직접 만든 프로파일은 시스템 콜의 이름으로 판단하며, 인자에 따라 거절하는 규칙은 아무것도 막지 않습니다. AppArmor와 SELinux는 옵션을 받고 보여 주지만 아무것도 거르지 않습니다. 사용자 네임스페이스는 직접 만들 수 없습니다.',
    },
  },
  {
    id: 'internet',
    name: 'the Internet',
    what: {
      en: 'The machine’s network ends at its registry and at hosts of the book. Nothing leaves your browser.',
      ko: '머신의 네트워크는 레지스트리와 책 속의 호스트까지입니다. 브라우저 밖으로 나가는 것은 없습니다.',
    },
  },
  {
    id: 'tcpdump',
    name: 'tcpdump, ssh -L, -R, -D, -J, scp, sftp',
    what: {
      en: 'Packets are shown by the drawings of the pages, each with the rule that decided, and not by tcpdump. ssh gives a shell or a command on docker-host-2, without cryptography, and forwards nothing; a file goes by `ssh docker-host-2 "cat > file" < file`.',
      ko: '패킷은 tcpdump 대신 페이지의 그림에서 어떤 규칙이 결정했는지와 함께 볼 수 있습니다. ssh는 암호화 없이 docker-host-2의 셸이나 명령을 실행하며 포워딩은 하지 않습니다. 파일은 `ssh docker-host-2 "cat > file" < file`로 보냅니다.',
    },
  },
  {
    id: 'catalogue-servers',
    name: 'gitlab/gitlab-ce',
    what: {
      en: 'The image can be pulled, inspected and built upon; its server does not run. MySQL, PostgreSQL and Redis do.',
      ko: '이미지를 내려받고 조회하고 빌드에 쓸 수 있지만 서버는 실행되지 않습니다. MySQL, PostgreSQL, Redis는 실행됩니다.',
    },
  },
  {
    id: 'catalogue-languages',
    name: 'java',
    what: {
      en: 'Classes that print; no loops, functions or packages.',
      ko: '출력하는 클래스만 실행합니다. 반복문, 함수, 패키지는 없습니다.',
    },
  },
  {
    id: 'catalogue-postgres',
    name: 'postgres: EXPLAIN, COPY, window functions, WITH RECURSIVE, arrays, prepared statements',
    what: {
      en: 'The server refuses them by name; everyday SQL, transactions, constraints and views work.',
      ko: '서버가 이름을 밝혀 거절합니다. 일상적인 SQL, 트랜잭션, 제약 조건, 뷰는 동작합니다.',
    },
  },
  {
    id: 'catalogue-mysql',
    name: 'mysql: EXPLAIN, window functions, stored routines, triggers, prepared statements, roles, TLS, X Protocol, replication',
    what: {
      en: 'The server refuses them by name, and neither promises TLS nor listens on port 33060. Everyday SQL, transactions, accounts and grants, foreign keys, views and dumps work. A transaction locks whole tables, not rows.',
      ko: '서버가 이름을 밝혀 거절하고, TLS를 내세우지 않으며 33060번 포트도 열지 않습니다. 일상적인 SQL, 트랜잭션, 계정과 권한, 외래 키, 뷰, 덤프는 동작합니다. 트랜잭션은 행이 아니라 테이블 전체를 잠급니다.',
    },
  },
  {
    id: 'packages',
    name: 'apk, apt-get, dnf',
    what: {
      en: 'The mirrors offer the packages that lessons need and what these depend on; a program that is not here says so when it is called. `stress` has no workers for the disk.',
      ko: '미러에는 레슨에 필요한 패키지와 그 의존 패키지가 있습니다. 모델에 없는 프로그램은 호출하면 그 사실을 알려 줍니다. `stress`에는 디스크 작업자가 없습니다.',
    },
  },
];
