import type { Challenge } from '../../components/challenge/types.ts';

export const isolationSpy: Challenge = {
  id: 'isolation-spy',
  lesson: 'isolation',
  title: { en: 'look over its shoulder', ko: '어깨너머로 보기' },
  task: {
    en: 'Have a container `spy` from `alpine` that runs and sees the processes of `aa`, but not those of the host, and that keeps a network of its own.',
    ko: '`alpine` 이미지로 `spy` 컨테이너를 실행해, 호스트가 아니라 `aa`의 프로세스를 보게 하세요. 네트워크는 자기 것을 가져야 합니다.',
  },
  start: 'images',
  images: ['alpine'],
  setup: ['docker run -d --name aa alpine sleep 900', "docker exec aa sh -c 'echo tide > /mine'"],
  goals: [
    {
      id: 'running',
      container: 'spy',
      where: { 'State.Status': 'running' },
      text: { en: 'The container `spy` is `running`', ko: '`spy` 컨테이너의 상태가 `running`입니다' },
    },
    {
      id: 'sees',
      exec: ['spy', 'cat', '/proc/1/root/mine'],
      exit: 0,
      prints: 'tide',
      text: { en: 'For `spy`, number 1 is the process of `aa`', ko: '`spy`가 보는 1번은 `aa`의 프로세스입니다' },
    },
    {
      id: 'own-net',
      container: 'spy',
      networks: ['bridge'],
      text: { en: '`spy` is on `bridge` with an address of its own', ko: '`spy`는 `bridge`에 자기 주소로 있습니다' },
    },
    {
      id: 'same-aa',
      container: 'aa',
      unchanged: 'Id',
      text: { en: '`aa` is the same container', ko: '`aa`는 처음의 그 컨테이너입니다' },
    },
  ],
  hints: [
    {
      when: { goal: 'same-aa' },
      text: {
        en: '`aa` is gone or new. The other way round it works: a new container joins one that runs. Start again.',
        ko: '`aa`가 없거나 새것입니다. 거꾸로 하면 됩니다. 새 컨테이너가 실행 중인 컨테이너에 들어갑니다. 다시 시작하세요.',
      },
    },
    {
      when: { goal: 'running', state: 'missing' },
      text: {
        en: 'There is no container named `spy` yet. What it sees is decided when it is created.',
        ko: '아직 `spy` 컨테이너가 없습니다. 무엇을 볼지는 생성할 때 정합니다.',
      },
    },
    {
      when: { goal: 'running' },
      text: {
        en: '`spy` does not run. It needs a process that lasts, and `aa` has to run as well.',
        ko: '`spy`가 실행 중이 아닙니다. 오래가는 프로세스가 필요하고, `aa`도 실행 중이어야 합니다.',
      },
    },
    {
      when: { goal: 'sees', reached: 'running' },
      text: {
        en: 'Number 1 is another process for `spy`: look with `docker exec spy ps`. With `--pid host` it is the host’s, without `--pid` its own. `--pid` can name a container.',
        ko: '`spy`가 보는 1번은 다른 프로세스입니다. `docker exec spy ps`로 보세요. `--pid host`라면 호스트의 것, `--pid`가 없으면 자기 것입니다. `--pid`에는 컨테이너를 적을 수 있습니다.',
      },
    },
    {
      when: { goal: 'own-net' },
      text: {
        en: 'The processes are right, but the network is not its own. Only `--pid` is needed.',
        ko: '프로세스는 맞지만 네트워크가 자기 것이 아닙니다. `--pid`만 있으면 됩니다.',
      },
    },
  ],
  solution: ['docker run -d --name spy --pid container:aa alpine sleep 900'],
  wrong: ['docker run -d --name spy --pid host alpine sleep 900'],
};
