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
  mount: {
    en: 'mount',
    ko: '마운트',
    says: {
      en: 'Another folder put over a path: it covers what was there.',
      ko: '경로 위에 다른 폴더를 덮는 것입니다. 원래 있던 것은 가려집니다.',
    },
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
  repository: {
    en: 'repository',
    ko: '리포지터리',
    says: {
      en: 'The images of one program in a registry, told apart by tags.',
      ko: '레지스트리에서 한 프로그램의 이미지를 모아 둔 곳입니다. 태그로 구별합니다.',
    },
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
  'build context': {
    en: 'build context',
    ko: '빌드 컨텍스트',
    says: { en: 'The files that a build may copy from.', ko: '빌드가 복사해 올 수 있는 파일입니다.' },
  },
};

/** Names of the glossary's entries nearest to a word that is none, for an author’s error. */
export const termOf = (name: string): Entry => {
  const entry = TERMS[name.toLowerCase()];
  if (!entry)
    throw new Error(`<Term>: no term "${name}". Known: ${Object.keys(TERMS).join(', ')}. Add it to src/components/term/terms.ts.`);
  return entry;
};
