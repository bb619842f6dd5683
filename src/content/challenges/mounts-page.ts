import type { Challenge } from '../../components/challenge/types.ts';

const PAGES = '/usr/share/nginx/html';

export const mountsPage: Challenge = {
  id: 'mounts-page',
  lesson: 'mounts',
  title: { en: 'a page that is forbidden', ko: '보여 주지 않는 페이지' },
  task: {
    en: '`web` was to show the folder `ferry/web/site` on port 8081, and answers `403 Forbidden`. Find out why, and have it show that folder, read-only, on the same port.',
    ko: '`web`은 8081번 포트에서 `ferry/web/site` 폴더를 보여 주어야 하는데 `403 Forbidden`이라고 답합니다. 까닭을 찾아, 같은 포트에서 그 폴더를 읽기 전용으로 보여 주게 하세요.',
  },
  start: 'images',
  images: ['nginx', 'alpine'],
  setup: [`docker run -d --name web -p 8081:80 -v ./ferry/web/stie:${PAGES}:ro nginx`],
  goals: [
    {
      id: 'serves',
      exec: ['web', 'curl', '-s', 'http://127.0.0.1/'],
      exit: 0,
      prints: 'style.css',
      text: { en: '`web` answers with the page of Ferry', ko: '`web`이 Ferry의 페이지로 답합니다' },
    },
    {
      id: 'folder',
      container: 'web',
      where: { 'Mounts.0.Type': 'bind', 'Mounts.0.Source': '/home/learner/ferry/web/site', 'Mounts.0.Destination': PAGES },
      text: { en: 'It reads from `ferry/web/site` itself', ko: '`ferry/web/site` 폴더에서 직접 읽습니다' },
    },
    {
      id: 'read-only',
      container: 'web',
      where: { 'Mounts.0.RW': false },
      text: { en: 'It cannot write there', ko: '거기에 쓸 수 없습니다' },
    },
    {
      id: 'port',
      container: 'web',
      where: { 'HostConfig.PortBindings.80/tcp.0.HostPort': '8081' },
      text: { en: 'Its port is published as 8081', ko: '포트가 8081번으로 공개되어 있습니다' },
    },
  ],
  hints: [
    {
      when: { goal: 'serves', state: 'missing' },
      text: {
        en: 'There is no container `web`. A mount cannot be changed afterwards, so make it anew, with the right path.',
        ko: '`web` 컨테이너가 없습니다. 마운트는 나중에 바꿀 수 없으므로 올바른 경로로 새로 만드세요.',
      },
    },
    {
      when: { goal: 'serves', state: 'exited' },
      text: { en: '`web` does not run.', ko: '`web`이 실행 중이 아닙니다.' },
    },
    {
      when: { goal: 'serves', state: 'created' },
      text: {
        en: '`web` could not start. Is port 8081 still taken by another container?',
        ko: '`web`이 시작하지 못했습니다. 8081번 포트를 다른 컨테이너가 쓰고 있지 않나요?',
      },
    },
    {
      when: { goal: 'folder', reached: 'serves' },
      text: {
        en: 'The page is there, but from another place: what is edited in `ferry/web/site` will not show.',
        ko: '페이지는 나오지만 다른 곳에서 읽습니다. `ferry/web/site`에서 고친 것은 보이지 않습니다.',
      },
    },
    {
      when: { goal: 'folder' },
      text: {
        en: 'nginx finds an empty folder. `docker inspect` shows under `Mounts` which one; a mistyped path was made into a folder by `-v`.',
        ko: 'nginx가 빈 폴더를 보고 있습니다. `docker inspect`의 `Mounts`에서 어느 폴더인지 확인하세요. 잘못 적은 경로를 `-v`가 폴더로 만들었습니다.',
      },
    },
    {
      when: { goal: 'read-only' },
      text: {
        en: 'The page is right. But the container may change your files; two letters forbid it.',
        ko: '페이지는 맞습니다. 하지만 컨테이너가 내 파일을 바꿀 수 있습니다. 두 글자면 막을 수 있습니다.',
      },
    },
    {
      when: { goal: 'port' },
      text: { en: 'All is well inside. The port of the host is another one.', ko: '안은 다 맞습니다. 호스트의 포트가 다릅니다.' },
    },
    {
      when: { goal: 'serves' },
      text: {
        en: 'The folder is right, but the page does not come. Does the server run?',
        ko: '폴더는 맞지만 페이지가 나오지 않습니다. 서버가 실행 중인가요?',
      },
    },
  ],
  solution: ['docker rm -f web', `docker run -d --name web -p 8081:80 -v ./ferry/web/site:${PAGES}:ro nginx`, 'sleep 1'],
  wrong: ['sudo cp ferry/web/site/index.html ferry/web/site/style.css ferry/web/stie/'],
};
