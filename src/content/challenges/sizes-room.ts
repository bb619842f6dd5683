import type { Challenge } from '../../components/challenge/types.ts';

export const sizesRoom: Challenge = {
  id: 'sizes-room',
  lesson: 'sizes',
  title: { en: 'make room', ko: '자리 비우기' },
  task: {
    en: 'The disk is full. `api` has to go on running, and `nginx:1.28-alpine`, which no container uses, has to stay for the case that the new version fails. Remove every stopped container and the images `ubuntu` and `almalinux:9`.',
    ko: '디스크가 가득 찼습니다. `api` 컨테이너는 계속 실행 중이어야 하고, 아무 컨테이너도 쓰지 않는 `nginx:1.28-alpine`은 새 버전이 실패할 때를 위해 남겨야 합니다. 중지된 컨테이너를 모두 삭제하고 `ubuntu`와 `almalinux:9` 이미지를 삭제하세요.',
  },
  start: 'images',
  images: ['nginx:1.29-alpine', 'nginx:1.28-alpine', 'alpine:3.22', 'ubuntu', 'almalinux:9'],
  setup: [
    'for image in nginx:1.29-alpine nginx:1.28-alpine alpine:3.22 ubuntu almalinux:9; do docker pull -q $image; done',
    'docker run -d --name api nginx:1.29-alpine',
    "docker run --name job1 alpine:3.22 sh -c 'head -c 20m /dev/zero > /load'",
    "docker run --name job2 ubuntu sh -c 'head -c 20m /dev/zero > /load'",
  ],
  goals: [
    { id: 'api', container: 'api', unchanged: 'Id', text: { en: '`api` is the same container', ko: '`api`는 처음의 그 컨테이너입니다' } },
    {
      id: 'running',
      container: 'api',
      where: { 'State.Status': 'running' },
      text: { en: '`api` is `running`', ko: '`api`의 상태가 `running`입니다' },
    },
    {
      id: 'spare',
      image: 'nginx:1.28-alpine',
      where: { Os: 'linux' },
      text: { en: '`nginx:1.28-alpine` is there', ko: '`nginx:1.28-alpine` 이미지가 있습니다' },
    },
    {
      id: 'stopped',
      list: 'containers',
      filters: { status: ['exited', 'created', 'dead'] },
      atMost: 0,
      text: { en: 'No stopped container is left', ko: '중지된 컨테이너가 남아 있지 않습니다' },
    },
    {
      id: 'unused',
      list: 'images',
      filters: { reference: ['ubuntu', 'almalinux'] },
      atMost: 0,
      text: { en: '`ubuntu` and `almalinux` are gone', ko: '`ubuntu`와 `almalinux` 이미지가 없습니다' },
    },
  ],
  hints: [
    {
      when: { goal: 'spare' },
      text: {
        en: '`nginx:1.28-alpine` is gone: with `-a`, prune takes each image that no container uses, tagged or not. Start again.',
        ko: '`nginx:1.28-alpine`이 없습니다. 정리 명령에 `-a`를 붙이면 태그가 있어도 컨테이너가 쓰지 않는 이미지를 모두 삭제합니다. 다시 시작하세요.',
      },
    },
    {
      when: { goal: 'api' },
      text: {
        en: '`api` was removed or made anew. It had to stay as it was. Start again.',
        ko: '`api`가 삭제됐거나 새로 만들어졌습니다. 그대로 두어야 했습니다. 다시 시작하세요.',
      },
    },
    {
      when: { goal: 'running', state: 'exited' },
      text: {
        en: '`api` is stopped. It is needed: start it before something takes it for rubbish.',
        ko: '`api`가 중지됐습니다. 정리 대상이 되기 전에 시작하세요.',
      },
    },
    {
      when: { goal: 'unused', reached: 'stopped' },
      text: {
        en: 'No stopped container is left. Now name the images that have to go: `docker image rm`.',
        ko: '중지된 컨테이너는 없습니다. 이제 삭제할 이미지를 `docker image rm`에 이름으로 적으세요.',
      },
    },
    {
      when: { goal: 'stopped' },
      text: {
        en: 'Stopped containers are left; `docker ps -a` shows them. An image that one of them uses cannot be removed before it.',
        ko: '중지된 컨테이너가 남아 있습니다. `docker ps -a`에 보입니다. 그것이 쓰는 이미지는 컨테이너를 먼저 삭제해야 삭제할 수 있습니다.',
      },
    },
  ],
  solution: ['docker container prune -f', 'docker image rm ubuntu almalinux:9'],
  wrong: ['docker system prune -af'],
};
