import type { Challenge } from '../../components/challenge/types.ts';

export const driversTwo: Challenge = {
  id: 'drivers-two',
  lesson: 'drivers',
  title: { en: 'two on one host', ko: '한 호스트에 둘' },
  task: {
    en: '`h1` is an nginx on the host’s network and has port 80. `h2` was started in the same way and has exited. Let both run: `h1` as it is, and an `h2` from `nginx` that answers on port 8080 of the host.',
    ko: '`h1`은 호스트의 네트워크에서 80번 포트를 쓰는 nginx입니다. 똑같이 시작한 `h2`는 끝났습니다. `h1`은 그대로 두고, `nginx` 이미지로 만든 `h2`가 호스트의 8080번 포트에서 응답하게 하세요.',
  },
  start: 'images',
  images: ['nginx'],
  setup: ['docker run -d --name h1 --network host nginx', 'docker run -d --name h2 --network host nginx', 'sleep 4'],
  goals: [
    {
      id: 'first',
      container: 'h1',
      where: { 'State.Status': 'running', 'HostConfig.NetworkMode': 'host' },
      text: { en: '`h1` is `running`, on the network `host`', ko: '`h1`이 `host` 네트워크에서 `running`입니다' },
    },
    {
      id: 'second',
      container: 'h2',
      where: { 'State.Status': 'running', 'Config.Image': 'nginx' },
      text: { en: '`h2` is `running`, made from `nginx`', ko: '`nginx` 이미지로 만든 `h2`가 `running`입니다' },
    },
    {
      id: 'answers',
      exec: ['h1', 'curl', '-s', '-f', '-o', '/dev/null', '-m', '2', 'http://localhost:8080'],
      exit: 0,
      text: { en: 'Port 8080 of the host answers', ko: '호스트의 8080번 포트가 응답합니다' },
    },
  ],
  hints: [
    {
      when: { goal: 'first' },
      text: {
        en: '`h1` has to run all the time, on the host’s network. `docker ps -a` shows in which state it is.',
        ko: '`h1`은 호스트의 네트워크에서 계속 실행 중이어야 합니다. 지금 상태는 `docker ps -a`로 볼 수 있습니다.',
      },
    },
    {
      when: { goal: 'second', state: 'missing' },
      text: {
        en: 'There is no `h2` now. On which network would it have a port 80 of its own?',
        ko: '지금은 `h2`가 없습니다. 어느 네트워크에서라면 80번 포트를 따로 가질 수 있을까요?',
      },
    },
    {
      when: { goal: 'second', state: 'exited' },
      text: {
        en: '`h2` has exited: `docker logs h2` says that the address is in use. On the host’s network port 80 belongs to `h1`, and `-p` is discarded there. The network of a container is chosen when it is made.',
        ko: '`h2`가 끝났습니다. `docker logs h2`를 보면 주소를 이미 쓰고 있다고 합니다. 호스트의 네트워크에서 80번 포트는 `h1`의 것이고 `-p`는 버려집니다. 컨테이너의 네트워크는 만들 때 고릅니다.',
      },
    },
    {
      when: { goal: 'second', state: 'created' },
      text: {
        en: '`h2` is Created: starting it failed. Remove it and make it again.',
        ko: '`h2`가 Created 상태입니다. 시작하지 못했습니다. 삭제하고 다시 만드세요.',
      },
    },
    {
      when: { goal: 'second' },
      text: { en: '`h2` has to run, and to be made from `nginx`.', ko: '`h2`는 `nginx` 이미지로 만들고 실행 중이어야 합니다.' },
    },
    {
      when: { goal: 'answers' },
      text: {
        en: '`h2` runs, but nothing answers on port 8080 of the host. Is the port published? `docker port h2` shows it. On the host’s network `h2` is about to exit.',
        ko: '`h2`는 실행 중이지만 호스트의 8080번 포트가 응답하지 않습니다. 포트를 공개했나요? `docker port h2`로 확인하세요. 호스트의 네트워크에 있다면 `h2`는 곧 끝납니다.',
      },
    },
  ],
  solution: ['docker rm h2', 'docker run -d --name h2 -p 8080:80 nginx', 'sleep 1'],
  wrong: ['docker stop h1', 'docker start h2', 'sleep 1'],
};
