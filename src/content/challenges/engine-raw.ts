import type { Challenge } from '../../components/challenge/types.ts';

export const engineRaw: Challenge = {
  id: 'engine-raw',
  lesson: 'engine',
  title: { en: 'without the client', ko: '클라이언트 없이' },
  task: {
    en: 'Run a container named `raw` from `nginx` without the `docker` command: `curl` speaks to the socket as well.',
    ko: '`docker` 명령 없이 `nginx` 이미지로 `raw` 컨테이너를 실행하세요. `curl`로도 소켓에 말할 수 있습니다.',
  },
  start: 'images',
  images: ['nginx'],
  setup: ['docker pull -q nginx'],
  goals: [
    {
      id: 'running',
      container: 'raw',
      where: { 'State.Status': 'running' },
      text: { en: 'The container `raw` is `running`', ko: '`raw` 컨테이너의 상태가 `running`입니다' },
    },
    {
      id: 'by-hand',
      container: 'raw',
      createdBy: 'not-the-cli',
      text: { en: 'The `docker` client did not create it', ko: '`docker` 클라이언트가 생성하지 않았습니다' },
    },
  ],
  hints: [
    {
      when: { goal: 'running', state: 'missing' },
      text: {
        en: 'First create: POST to `/containers/create?name=raw` with a JSON body that names the image.',
        ko: '먼저 생성합니다. 이미지 이름을 담은 JSON을 `/containers/create?name=raw`에 POST하세요.',
      },
    },
    {
      when: { goal: 'running', state: 'created' },
      text: {
        en: 'It is created, and nothing runs yet: one POST more.',
        ko: '생성만 됐고 아직 아무것도 실행되지 않습니다. POST가 한 번 더 필요합니다.',
      },
    },
    {
      when: { goal: 'by-hand' },
      text: {
        en: 'The last container was created by the `docker` client. Remove it and speak to the API yourself.',
        ko: '마지막 컨테이너는 `docker` 클라이언트가 생성했습니다. 삭제하고 API에 직접 말해 보세요.',
      },
    },
  ],
  solution: [
    `curl -s --unix-socket /var/run/docker.sock -H 'Content-Type: application/json' -d '{"Image":"nginx"}' 'http://localhost/v1.55/containers/create?name=raw'`,
    'curl -s --unix-socket /var/run/docker.sock -X POST http://localhost/v1.55/containers/raw/start',
  ],
  wrong: ['docker run -d --name raw nginx'],
};
