/** The glossary: each term of the book in both languages, and one sentence on it. Docker's own words are not here: they are never translated. */
export interface Entry {
  readonly en: string;
  readonly ko: string;
  readonly says: { readonly en: string; readonly ko: string };
}

export const TERMS: Readonly<Record<string, Entry>> = {
  container: {
    en: 'container',
    ko: '컨테이너',
    says: {
      en: 'Processes with a view of their own: of files, network, other processes.',
      ko: '파일, 네트워크, 다른 프로세스를 자기만의 시야로 보는 프로세스입니다.',
    },
  },
  image: {
    en: 'image',
    ko: '이미지',
    says: {
      en: 'Files in layers, with what is needed to start: a template for containers.',
      ko: '레이어로 쌓인 파일과 시작에 필요한 설정입니다. 컨테이너의 틀이 됩니다.',
    },
  },
  layer: {
    en: 'layer',
    ko: '레이어',
    says: {
      en: 'What one step added, changed or removed. It never changes.',
      ko: '한 단계가 추가하고 바꾸고 지운 것입니다. 바뀌지 않습니다.',
    },
  },
  'writable layer': {
    en: 'writable layer',
    ko: '쓰기 가능 레이어',
    says: { en: 'The top layer of a container. It goes with it.', ko: '컨테이너의 맨 위 레이어입니다. 컨테이너와 함께 사라집니다.' },
  },
  'copy-on-write': {
    en: 'copy-on-write',
    ko: '쓰기 시 복사',
    says: {
      en: 'A file from below is copied up whole when it is first written.',
      ko: '아래 레이어의 파일을 처음 쓸 때 통째로 위로 복사합니다.',
    },
  },
  whiteout: {
    en: 'whiteout',
    ko: '화이트아웃',
    says: {
      en: 'A mark that hides a file of the layers below. It frees nothing.',
      ko: '아래 레이어의 파일을 가리는 표시입니다. 공간은 돌려받지 못합니다.',
    },
  },
  volume: {
    en: 'volume',
    ko: '볼륨',
    says: { en: 'A folder that Docker keeps, apart from any container.', ko: '컨테이너와 따로 Docker가 보관하는 폴더입니다.' },
  },
  'bind mount': {
    en: 'bind mount',
    ko: '바인드 마운트',
    says: { en: 'A folder of the host, seen inside at a path.', ko: '호스트의 폴더를 컨테이너 안의 경로에서 보는 것입니다.' },
  },
  daemon: {
    en: 'daemon',
    ko: '데몬',
    says: {
      en: 'The program that waits in the background and does the work: dockerd.',
      ko: '뒤에서 기다리다가 일을 하는 프로그램, dockerd입니다.',
    },
  },
  namespace: {
    en: 'namespace',
    ko: '네임스페이스',
    says: { en: 'The kernel’s way to give processes a view of their own.', ko: '프로세스에게 자기만의 시야를 주는 커널의 방법입니다.' },
  },
  cgroup: {
    en: 'cgroup',
    ko: 'cgroup',
    says: { en: 'The kernel’s account and limit of what processes use.', ko: '프로세스가 쓰는 양을 세고 제한하는 커널의 장치입니다.' },
  },
  kernel: {
    en: 'kernel',
    ko: '커널',
    says: { en: 'The part of the system that all processes share.', ko: '모든 프로세스가 함께 쓰는 운영체제의 핵심입니다.' },
  },
  'virtual machine': {
    en: 'virtual machine',
    ko: '가상 머신',
    says: { en: 'A machine of software, with a kernel of its own.', ko: '소프트웨어로 된 컴퓨터로, 자기 커널을 가집니다.' },
  },
  registry: {
    en: 'registry',
    ko: '레지스트리',
    says: { en: 'Where images are kept and fetched from.', ko: '이미지를 보관하고 내려받는 곳입니다.' },
  },
  digest: {
    en: 'digest',
    ko: '다이제스트',
    says: {
      en: 'A name computed from the content: equal content, equal name.',
      ko: '내용으로 계산한 이름입니다. 내용이 같으면 이름도 같습니다.',
    },
  },
  bridge: {
    en: 'bridge',
    ko: '브리지',
    says: { en: 'A switch in software: what is plugged in can talk.', ko: '소프트웨어로 된 스위치입니다. 꽂힌 것끼리 통신합니다.' },
  },
  'veth pair': {
    en: 'veth pair',
    ko: 'veth 쌍',
    says: {
      en: 'A cable in software: one end inside, one on the bridge.',
      ko: '소프트웨어로 된 케이블입니다. 한쪽은 컨테이너 안에, 한쪽은 브리지에 있습니다.',
    },
  },
  signal: {
    en: 'signal',
    ko: '시그널',
    says: {
      en: 'A short message of the kernel to a process, such as TERM.',
      ko: '커널이 프로세스에 보내는 짧은 알림입니다. 예를 들면 TERM입니다.',
    },
  },
  'build context': {
    en: 'build context',
    ko: '빌드 컨텍스트',
    says: { en: 'The files that a build may copy from.', ko: '빌드가 복사해 올 수 있는 파일입니다.' },
  },
  'dependency conflict': {
    en: 'dependency conflict',
    ko: '의존성 충돌',
    says: {
      en: 'Two programs on one machine need things that cannot both be there.',
      ko: '한 컴퓨터의 두 프로그램이 함께 있을 수 없는 것을 요구하는 상황입니다.',
    },
  },
  'environment variable': {
    en: 'environment variable',
    ko: '환경 변수',
    says: {
      en: 'A name with a value that a process hands on to those it starts.',
      ko: '프로세스가 자기가 시작하는 프로세스에 물려주는 이름과 값입니다.',
    },
  },
  immutable: {
    en: 'immutable',
    ko: '불변',
    says: {
      en: 'It cannot change: a changed one is another one, with another id.',
      ko: '바뀌지 않습니다. 바꾸면 ID가 다른 새것이 됩니다.',
    },
  },
  'disk usage': {
    en: 'disk usage',
    ko: '디스크 사용량',
    says: {
      en: 'What something takes on the disk. Shared layers are there once, and in each image’s number.',
      ko: '디스크에서 차지하는 크기입니다. 같이 쓰는 레이어는 한 번만 있지만 이미지마다의 숫자에 들어 있습니다.',
    },
  },
  prune: {
    en: 'prune',
    ko: '정리',
    says: { en: 'To remove what nothing uses now.', ko: '지금 아무것도 쓰지 않는 것을 삭제하는 일입니다.' },
  },
  'exit code': {
    en: 'exit code',
    ko: '종료 코드',
    says: {
      en: 'The number a process ends with: 0 is well, 128 + n is signal n.',
      ko: '프로세스가 끝나며 남기는 숫자입니다. 0은 정상, 128 + n은 n번 시그널입니다.',
    },
  },
  'restart policy': {
    en: 'restart policy',
    ko: '재시작 정책',
    says: { en: 'What Docker does when the main process ends.', ko: '주 프로세스가 끝났을 때 도커가 할 일을 정한 것입니다.' },
  },
  'package manager': {
    en: 'package manager',
    ko: '패키지 관리자',
    says: {
      en: 'A distribution’s program that installs others: apt, apk, dnf.',
      ko: '프로그램을 설치하는 배포판의 도구입니다. apt, apk, dnf가 있습니다.',
    },
  },
  rootless: {
    en: 'rootless',
    ko: '루트리스',
    says: { en: 'With a daemon that runs as an ordinary user.', ko: '데몬을 보통 사용자로 실행하는 방식입니다.' },
  },
  'out of memory': {
    en: 'out of memory',
    ko: '메모리 부족',
    says: {
      en: 'At the limit, the kernel kills a process to get memory back.',
      ko: '제한에 닿아 커널이 프로세스를 끝내고 메모리를 되찾는 일입니다.',
    },
  },
  density: {
    en: 'density',
    ko: '밀집도',
    says: { en: 'How many run on one host.', ko: '한 호스트에서 얼마나 많이 실행되는지를 나타냅니다.' },
  },
  mount: {
    en: 'mount',
    ko: '마운트',
    says: {
      en: 'Another folder put over a path: it covers what was there.',
      ko: '경로 위에 다른 폴더를 덮는 것입니다. 원래 있던 것은 가려집니다.',
    },
  },
  repository: {
    en: 'repository',
    ko: '리포지터리',
    says: {
      en: 'The images of one program in a registry, told apart by tags.',
      ko: '레지스트리에서 한 프로그램의 이미지를 모아 둔 곳입니다. 태그로 구별합니다.',
    },
  },
  entrypoint: {
    en: 'entrypoint',
    ko: '엔트리포인트',
    says: {
      en: 'The words that every container of an image starts with; CMD comes after them.',
      ko: '이미지의 모든 컨테이너가 시작할 때 앞에 오는 말입니다. CMD가 그 뒤에 옵니다.',
    },
  },
  'multi-stage build': {
    en: 'multi-stage build',
    ko: '다단계 빌드',
    says: {
      en: 'A build of several images in one Dockerfile; the last takes files from the others.',
      ko: 'Dockerfile 하나에서 이미지 여럿을 빌드하고, 마지막 것이 앞의 것에서 파일을 가져옵니다.',
    },
  },
  backup: {
    en: 'backup',
    ko: '백업',
    says: { en: 'A copy of data that is kept somewhere else.', ko: '다른 곳에 보관하는 데이터의 사본입니다.' },
  },
  loopback: {
    en: 'loopback',
    ko: '루프백',
    says: {
      en: 'The interface by which a host or a container reaches itself, 127.0.0.1.',
      ko: '호스트나 컨테이너가 자기 자신에게 닿는 인터페이스입니다. 주소는 127.0.0.1입니다.',
    },
  },
  'health check': {
    en: 'health check',
    ko: '상태 검사',
    says: {
      en: 'A command that Docker repeats in a container to learn whether it is ready.',
      ko: '컨테이너가 준비되었는지 알아보려고 도커가 안에서 되풀이해 실행하는 명령입니다.',
    },
  },
  replica: {
    en: 'replica',
    ko: '복제본',
    says: { en: 'One of several containers of the same service.', ko: '같은 서비스를 하는 여러 컨테이너 가운데 하나입니다.' },
  },
  'horizontal scaling': {
    en: 'horizontal scaling',
    ko: '수평 확장',
    says: { en: 'More servers of the same kind, instead of a larger one.', ko: '더 큰 서버 대신 같은 서버를 여럿 두는 것입니다.' },
  },
  'load balancer': {
    en: 'load balancer',
    ko: '로드 밸런서',
    says: { en: 'Shares requests out among several servers.', ko: '요청을 서버 여럿에 나누어 줍니다.' },
  },
  canary: {
    en: 'canary',
    ko: '카나리 배포',
    says: {
      en: 'One copy of a new version among the old ones, to try it on a few.',
      ko: '옛 버전 사이에 새 버전을 하나만 두고 일부에게 시험하는 것입니다.',
    },
  },
  overlay: {
    en: 'overlay',
    ko: '오버레이',
    says: {
      en: 'A network that spans several hosts: its packets travel inside those of the network between them.',
      ko: '여러 호스트를 잇는 네트워크입니다. 패킷을 호스트 사이의 네트워크 패킷에 담아 보냅니다.',
    },
  },
  orchestration: {
    en: 'orchestration',
    ko: '오케스트레이션',
    says: {
      en: 'Choosing hosts for containers, and replacing those that are lost.',
      ko: '컨테이너를 둘 호스트를 고르고, 없어진 것을 다시 채우는 일입니다.',
    },
  },
};

/** Names of the glossary's entries nearest to a word that is none, for an author’s error. */
export const termOf = (name: string): Entry => {
  const entry = TERMS[name.toLowerCase()];
  if (!entry)
    throw new Error(`<Term>: no term "${name}". Known: ${Object.keys(TERMS).join(', ')}. Add it to src/components/term/terms.ts.`);
  return entry;
};
