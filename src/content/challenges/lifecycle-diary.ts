import type { Challenge } from '../../components/challenge/types.ts';

export const lifecycleDiary: Challenge = {
  id: 'lifecycle-diary',
  lesson: 'lifecycle',
  title: { en: 'bring the diary back', ko: '일기를 되살리기' },
  task: {
    en: 'A container named `diary` wrote `/note` and exited. Bring that very container back, with its note.',
    ko: '`diary` 컨테이너가 `/note`를 쓰고 끝났습니다. 바로 그 컨테이너를, 쓴 내용과 함께 되살리세요.',
  },
  start: 'images',
  images: ['alpine'],
  setup: ["docker run --name diary alpine sh -c 'test -f /note && exec sleep 900; echo day one > /note'"],
  goals: [
    {
      id: 'running',
      container: 'diary',
      where: { 'State.Status': 'running' },
      text: { en: 'The container `diary` is `running`', ko: '`diary` 컨테이너의 상태가 `running`입니다' },
    },
    { id: 'same-one', container: 'diary', unchanged: 'Id', text: { en: 'It is the same container', ko: '처음의 그 컨테이너입니다' } },
    { id: 'note', exec: ['diary', 'test', '-f', '/note'], exit: 0, text: { en: '`/note` is in it', ko: '그 안에 `/note`가 있습니다' } },
  ],
  hints: [
    {
      when: { goal: 'same-one', state: 'missing' },
      text: {
        en: 'There is no container of that name any more. Removing it removed the note. Start again.',
        ko: '그 이름의 컨테이너가 없습니다. 삭제하면서 쓴 내용도 사라졌습니다. 다시 시작하세요.',
      },
    },
    {
      when: { goal: 'same-one' },
      text: {
        en: 'This is another container of the same name: the note was in the old one’s writable layer. Start again.',
        ko: '이름만 같은 다른 컨테이너입니다. 쓴 내용은 이전 컨테이너의 쓰기 가능 레이어에 있었습니다. 다시 시작하세요.',
      },
    },
    {
      when: { goal: 'running', state: 'exited' },
      text: {
        en: 'The container is there, and it has exited. `docker ps -a` shows it. It does not need a new one to run again.',
        ko: '컨테이너는 있고, 끝났을 뿐입니다. `docker ps -a`에 보입니다. 다시 실행하는 데 새 컨테이너는 필요 없습니다.',
      },
    },
    {
      when: { goal: 'running', state: 'paused' },
      text: { en: 'It is paused: its process stands still.', ko: '일시 정지 상태라 프로세스가 멈춰 있습니다.' },
    },
  ],
  solution: ['docker start diary'],
  wrong: ['docker rm diary', 'docker run -d --name diary alpine sleep 900'],
};
