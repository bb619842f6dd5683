import type { Challenge } from '../../components/challenge/types.ts';

export const vmThree: Challenge = {
  id: 'vm-three',
  lesson: 'vm',
  title: { en: 'three systems, one kernel', ko: '시스템은 셋, 커널은 하나' },
  task: {
    en: 'Have containers of three different Linux distributions running at the same time.',
    ko: '서로 다른 리눅스 배포판 세 가지의 컨테이너를 동시에 실행 중으로 만드세요.',
  },
  start: 'images',
  images: ['alpine', 'debian', 'ubuntu'],
  setup: [],
  goals: [
    {
      id: 'running',
      list: 'containers',
      filters: { status: ['running'] },
      atLeast: 3,
      text: { en: 'Three containers are `running`', ko: '컨테이너 셋의 상태가 `running`입니다' },
    },
    {
      id: 'different',
      everywhere: ['sh', '-c', '. /etc/os-release && echo "$ID"'],
      different: 3,
      text: { en: 'Their `/etc/os-release` names three distributions', ko: '`/etc/os-release`의 배포판 이름이 세 가지입니다' },
    },
  ],
  hints: [
    {
      when: { goal: 'different', reached: 'running' },
      text: {
        en: 'Three are running, but not of three distributions. The name of a container changes nothing about its files.',
        ko: '셋이 실행 중이지만 배포판이 세 가지가 아닙니다. 컨테이너의 이름을 바꿔도 파일은 바뀌지 않습니다.',
      },
    },
    {
      when: { goal: 'running' },
      text: {
        en: 'A container runs as long as its process. Give it one that lasts, such as `sleep 900`, and `-d`.',
        ko: '컨테이너는 프로세스만큼 실행됩니다. `sleep 900`처럼 오래가는 명령과 `-d`를 주세요.',
      },
    },
  ],
  solution: ['docker run -d alpine sleep 900', 'docker run -d debian sleep 900', 'docker run -d ubuntu sleep 900'],
  wrong: [
    'docker run -d --name one alpine sleep 900',
    'docker run -d --name two alpine sleep 900',
    'docker run -d --name three alpine sleep 900',
  ],
};
