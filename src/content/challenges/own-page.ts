import type { Challenge } from '../../components/challenge/types.ts';

export const ownPage: Challenge = {
  id: 'own-page',
  lesson: 'own',
  title: { en: 'a new page in an old container', ko: '있던 컨테이너에 새 페이지' },
  task: {
    en: 'The container `web` is stopped and has nginx’s own page. Have this very container running with `timetable.html` of your folder as its `/usr/share/nginx/html/index.html`, without any mount.',
    ko: '`web` 컨테이너는 중지되어 있고 nginx의 기본 페이지가 들어 있습니다. 마운트 없이, 바로 이 컨테이너가 지금 폴더의 `timetable.html`을 `/usr/share/nginx/html/index.html`로 가진 채 실행 중이게 만드세요.',
  },
  start: 'images',
  images: ['nginx'],
  setup: ["printf '<h1>Timetable 2026</h1>\\n' > timetable.html", 'docker run -d --name web nginx', 'docker stop web'],
  goals: [
    {
      id: 'running',
      container: 'web',
      where: { 'State.Status': 'running' },
      text: { en: 'The container `web` is `running`', ko: '`web` 컨테이너의 상태가 `running`입니다' },
    },
    { id: 'same-one', container: 'web', unchanged: 'Id', text: { en: 'It is the same container', ko: '처음의 그 컨테이너입니다' } },
    { id: 'unmounted', container: 'web', where: { 'Mounts.length': 0 }, text: { en: 'It has no mounts', ko: '마운트가 없습니다' } },
    {
      id: 'page',
      exec: ['web', 'cat', '/usr/share/nginx/html/index.html'],
      exit: 0,
      prints: '<h1>Timetable 2026</h1>',
      text: { en: 'Its page is the timetable', ko: '페이지가 시간표입니다' },
    },
  ],
  hints: [
    {
      when: { goal: 'same-one', state: 'missing' },
      text: {
        en: 'There is no `web` any more. Start again: this container does not have to be replaced.',
        ko: '`web` 컨테이너가 없습니다. 다시 시작하세요. 이 컨테이너를 다른 것으로 바꿀 필요는 없습니다.',
      },
    },
    {
      when: { goal: 'same-one' },
      text: {
        en: 'This is a new container of the old name. A file can be brought into the old one. Start again.',
        ko: '이름만 같은 새 컨테이너입니다. 파일은 있던 컨테이너에 넣을 수 있습니다. 다시 시작하세요.',
      },
    },
    {
      when: { goal: 'page', reached: 'running' },
      text: {
        en: 'It runs, with the old page. `docker cp` takes a file of yours to `web:` and the path in there.',
        ko: '실행 중이지만 페이지가 예전 것입니다. `docker cp`는 내 파일을 `web:`과 그 안의 경로로 복사합니다.',
      },
    },
    {
      when: { goal: 'running', state: 'exited' },
      text: {
        en: 'It is stopped, and that is no obstacle: `docker cp` needs no running container. Copy, then start it.',
        ko: '중지되어 있지만 문제가 아닙니다. `docker cp`는 실행 중이 아닌 컨테이너에도 됩니다. 복사하고 시작하세요.',
      },
    },
    {
      when: { goal: 'running', state: 'paused' },
      text: { en: 'It is paused: its process stands still.', ko: '일시 정지 상태라 프로세스가 멈춰 있습니다.' },
    },
  ],
  solution: ['docker cp timetable.html web:/usr/share/nginx/html/index.html', 'docker start web'],
  wrong: ['docker rm web', 'docker run -d --name web -v ./timetable.html:/usr/share/nginx/html/index.html nginx'],
};
