import type { Challenge } from '../../components/challenge/types.ts';

export const namesShop: Challenge = {
  id: 'names-shop',
  lesson: 'names',
  title: { en: 'let them find each other', ko: '서로 찾게 하기' },
  task: {
    en: '`api` and `db` run on the default bridge, where nobody has a name. Without replacing either, let `api` reach `db` by that name.',
    ko: '`api`와 `db`는 이름이 통하지 않는 기본 브리지에서 실행 중입니다. 둘 다 그대로 둔 채 `api`가 `db`라는 이름으로 닿게 하세요.',
  },
  start: 'images',
  images: ['redis:8-alpine', 'alpine'],
  setup: ['docker run -d --name db redis:8-alpine', 'docker run -d --name api alpine sleep 900'],
  goals: [
    {
      id: 'resolves',
      exec: ['api', 'ping', '-c', '1', '-W', '1', 'db'],
      exit: 0,
      text: { en: '`api` reaches `db` by its name', ko: '`api`가 이름으로 `db`에 닿습니다' },
    },
    {
      id: 'same-api',
      container: 'api',
      unchanged: 'Id',
      text: { en: '`api` is the same container', ko: '`api`는 처음의 그 컨테이너입니다' },
    },
    { id: 'same-db', container: 'db', unchanged: 'Id', text: { en: '`db` is the same container', ko: '`db`는 처음의 그 컨테이너입니다' } },
  ],
  hints: [
    {
      when: { goal: 'same-api' },
      text: {
        en: '`api` is a new container. `docker network connect` works on one that runs. Start again.',
        ko: '`api`가 새 컨테이너입니다. `docker network connect`는 실행 중인 컨테이너에도 쓸 수 있습니다. 다시 시작하세요.',
      },
    },
    {
      when: { goal: 'same-db' },
      text: {
        en: '`db` is a new container, and its data are gone. Start again.',
        ko: '`db`가 새 컨테이너이고 데이터는 사라졌습니다. 다시 시작하세요.',
      },
    },
    {
      when: { goal: 'resolves' },
      text: {
        en: 'Names are known within a network of your own, to those who are in it. Are both in it?',
        ko: '이름은 직접 만든 네트워크 안에서, 그 안에 있는 컨테이너끼리만 통합니다. 둘 다 들어가 있나요?',
      },
    },
  ],
  solution: ['docker network create shop', 'docker network connect shop db', 'docker network connect shop api'],
  wrong: ['docker network create shop', 'docker network connect shop db'],
};
