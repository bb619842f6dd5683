import type { Challenge } from '../../components/challenge/types.ts';

export const composeLate: Challenge = {
  id: 'compose-late',
  lesson: 'compose',
  title: { en: 'the one who came too early', ko: '너무 일찍 온 서비스' },
  task: {
    en: 'In the project `late`, `api` asks for its database once when it starts, and has ended because nobody answered. Change `late/compose.yaml` so that the project comes up from nothing: after `docker compose down`, `docker compose up -d` starts `api` when `db` is ready.',
    ko: '`late` 프로젝트의 `api`는 시작할 때 데이터베이스를 한 번 찾고, 답이 없어 끝나 버렸습니다. 처음부터 시작해도 되도록 `late/compose.yaml`을 고치세요. `docker compose down` 다음에 `docker compose up -d`를 실행하면 `db`가 준비된 뒤에 `api`가 시작해야 합니다.',
  },
  start: 'ferry-built',
  images: [],
  setup: [
    'mkdir -p late',
    'printf \'services:\\n  api:\\n    image: ferry/api:1\\n    command: sh -c "pg_isready -h db && exec httpd -f -p 8080"\\n    depends_on:\\n      - db\\n\' > late/compose.yaml',
    "printf '\\n  db:\\n    image: postgres:17-alpine\\n    environment:\\n      POSTGRES_PASSWORD: boats\\n' >> late/compose.yaml",
    'printf \'    healthcheck:\\n      test: ["CMD", "pg_isready", "-h", "127.0.0.1", "-U", "postgres"]\\n      interval: 1s\\n\' >> late/compose.yaml',
    'docker compose --project-directory late up -d',
    'sleep 1',
  ],
  goals: [
    {
      id: 'api',
      container: 'late-api-1',
      where: { 'State.Status': 'running' },
      text: { en: '`api` is `running`', ko: '`api`의 상태가 `running`입니다' },
    },
    {
      id: 'db',
      container: 'late-db-1',
      where: { 'State.Health.Status': 'healthy' },
      text: { en: '`db` is `healthy`', ko: '`db`의 상태 검사가 `healthy`입니다' },
    },
    {
      id: 'waits',
      list: 'containers',
      filters: {
        label: [
          'com.docker.compose.project=late',
          'com.docker.compose.service=api',
          'com.docker.compose.depends_on=db:service_healthy:false',
        ],
      },
      atLeast: 1,
      text: { en: '`api` waits until `db` is healthy', ko: '`api`는 `db`가 healthy가 될 때까지 기다립니다' },
    },
  ],
  hints: [
    {
      when: { goal: 'api', state: 'missing' },
      text: {
        en: 'There is no container of `api`. In the folder `late`, `docker compose up -d` makes one.',
        ko: '`api` 컨테이너가 없습니다. `late` 폴더에서 `docker compose up -d`를 실행하세요.',
      },
    },
    {
      when: { goal: 'api', state: 'created' },
      text: {
        en: '`api` is created and waits. `docker compose ps -a` says how `db` is.',
        ko: '`api`는 생성된 채 기다리고 있습니다. `docker compose ps -a`로 `db`의 상태를 보세요.',
      },
    },
    {
      when: { goal: 'waits', reached: 'api' },
      text: {
        en: 'It runs because `db` was ready by now. Does it from nothing, after `docker compose down`? What does `depends_on` wait for, started or ready?',
        ko: '지금은 `db`가 준비되어 있어서 실행된 것입니다. `docker compose down` 다음에 처음부터 시작해도 될까요? `depends_on`은 시작과 준비 가운데 무엇을 기다리나요?',
      },
    },
    {
      when: { goal: 'api', reached: 'waits' },
      text: {
        en: 'It waits for the right thing, and has ended all the same. `docker compose logs api` says why.',
        ko: '기다리는 것은 맞는데 끝났습니다. `docker compose logs api`에서 까닭을 보세요.',
      },
    },
    {
      when: { goal: 'api' },
      text: {
        en: '`api` has ended: `db` was started and did not answer yet. A list under `depends_on` waits for the start; the long form has a condition.',
        ko: '`api`가 끝났습니다. `db`는 시작했지만 아직 답하지 않았습니다. `depends_on`의 목록은 시작만 기다립니다. 긴 형식에는 조건이 있습니다.',
      },
    },
    {
      when: { goal: 'db' },
      text: { en: 'Does `db` run, and has its health check passed?', ko: '`db`가 실행 중이고 상태 검사를 통과했나요?' },
    },
    {
      when: { goal: 'waits' },
      text: {
        en: 'This container of `api` was made from the file as it was. `docker compose down`, then `docker compose up -d`.',
        ko: '이 `api` 컨테이너는 고치기 전의 파일로 만든 것입니다. `docker compose down` 다음에 `docker compose up -d`를 실행하세요.',
      },
    },
  ],
  solution: ['cd late', 'docker compose down', "sed -i 's/- db$/db: { condition: service_healthy }/' compose.yaml", 'docker compose up -d'],
  wrong: ['cd late', 'sleep 5', 'docker compose up -d'],
};
