import type { Challenge } from '../../components/challenge/types.ts';

/** Asks the name twice as often as there are tasks, and tests that as many different ones answered. */
const heard =
  'n=$(for i in 1 2 3 4 5 6 7 8; do wget -T 1 -qO- http://api:8080/cgi-bin/api.sh/whoami; done | sort -u | wc -l); [ $n -ge 4 ]';

export const swarmFour: Challenge = {
  id: 'swarm-four',
  lesson: 'swarm',
  title: { en: 'four on two hosts', ko: '호스트 둘에 넷' },
  task: {
    en: '`docker-host` and `docker-host-2` know nothing of each other. Let four tasks of a service `api`, from `ferry/api:1`, run on both hosts, and a container `probe` from `alpine`, on `docker-host`, find them all under the name `api`.',
    ko: '`docker-host`와 `docker-host-2`는 서로를 모릅니다. `ferry/api:1` 이미지로 만든 `api` 서비스의 태스크 넷을 두 호스트에서 실행하고, `docker-host`에 `alpine` 이미지로 만든 `probe` 컨테이너가 `api`라는 이름으로 넷을 모두 찾게 하세요.',
  },
  start: 'two-hosts',
  images: ['alpine'],
  setup: [
    'docker rm -f probe buoy >/dev/null 2>&1',
    'ssh docker-host-2 docker swarm leave >/dev/null 2>&1',
    'docker swarm leave --force >/dev/null 2>&1',
  ],
  goals: [
    {
      id: 'manager',
      request: '/swarm',
      status: 200,
      text: { en: '`docker-host` is the manager of a swarm', ko: '`docker-host`가 스웜의 매니저입니다' },
    },
    {
      id: 'joined',
      list: 'nodes',
      atLeast: 2,
      text: { en: '`docker-host-2` is a node of it too', ko: '`docker-host-2`도 이 스웜의 노드입니다' },
    },
    {
      id: 'four',
      service: 'api',
      tasks: 4,
      hosts: 1,
      text: { en: 'Four tasks of `api` run', ko: '`api`의 태스크 넷이 실행 중입니다' },
    },
    {
      id: 'both',
      service: 'api',
      tasks: 2,
      hosts: 2,
      text: { en: 'They are on both hosts', ko: '두 호스트에 나뉘어 있습니다' },
    },
    {
      id: 'across',
      exec: ['probe', 'sh', '-c', heard],
      exit: 0,
      text: { en: 'Four answer `probe` under the name `api`', ko: '`probe`에서 `api`라는 이름을 부르면 넷이 답합니다' },
    },
  ],
  hints: [
    {
      when: { goal: 'manager' },
      text: {
        en: 'There is no swarm here. A bridge ends at its host, and an overlay is refused as long as there is no manager. `docker swarm init` makes one.',
        ko: '아직 스웜이 없습니다. 브리지는 호스트에서 끝나고, 오버레이는 매니저가 없으면 거절됩니다. `docker swarm init`을 실행하면 매니저가 됩니다.',
      },
    },
    {
      when: { goal: 'joined' },
      text: {
        en: 'The swarm has one node. `docker swarm join-token worker` prints what has to be run on the other host, with `ssh docker-host-2` in front.',
        ko: '스웜에 노드가 하나뿐입니다. `docker swarm join-token worker`가 다른 호스트에서 실행할 명령을 출력합니다. 앞에 `ssh docker-host-2`를 붙이세요.',
      },
    },
    {
      when: { goal: 'four' },
      text: {
        en: 'Fewer than four tasks of `api` run. `docker service ps api` shows each, and why it does not run; `docker service scale` sets the number.',
        ko: '`api`의 태스크가 넷보다 적습니다. `docker service ps api`를 보면 태스크마다 왜 실행되지 않는지 알 수 있고, `docker service scale`로 개수를 정합니다.',
      },
    },
    {
      when: { goal: 'both' },
      text: {
        en: 'All tasks are on one host. Tasks that run are not moved when a node comes: `docker service update --force api` places them anew, on nodes that are `Active`.',
        ko: '태스크가 모두 한 호스트에 있습니다. 노드가 들어와도 실행 중인 태스크는 옮기지 않습니다. `docker service update --force api`를 실행하면 `Active`인 노드에 다시 나누어 둡니다.',
      },
    },
    {
      when: { goal: 'across', state: 'missing' },
      text: {
        en: 'The tasks run. Now start `probe`, from `alpine`, with something that lasts, on the network of the service.',
        ko: '태스크는 실행 중입니다. 이제 `alpine` 이미지로 오래 도는 명령을 주어 `probe`를 서비스의 네트워크에 시작하세요.',
      },
    },
    {
      when: { goal: 'across', state: 'exited' },
      text: {
        en: '`probe` has exited. Give it something that lasts, such as `sleep 900`.',
        ko: '`probe`가 끝났습니다. `sleep 900`처럼 오래 도는 명령을 주세요.',
      },
    },
    {
      when: { goal: 'across' },
      text: {
        en: '`probe` runs, but does not hear four. Is it on the same overlay as the service? `docker service inspect --pretty api` names the service’s networks, and a container may only join one that was made with `--attachable`.',
        ko: '`probe`는 실행 중이지만 넷이 다 답하지는 않습니다. 서비스와 같은 오버레이에 있나요? 서비스의 네트워크는 `docker service inspect --pretty api`에 나옵니다. 컨테이너는 `--attachable`로 만든 오버레이에만 들어갈 수 있습니다.',
      },
    },
  ],
  solution: [
    'docker swarm init',
    'ssh docker-host-2 docker swarm join --token $(docker swarm join-token -q worker) 192.168.50.10:2377',
    'docker network create -d overlay --attachable sea',
    'docker service create -q --name api --replicas 4 --network sea ferry/api:1',
    'docker run -d --name probe --network sea alpine sleep 900',
  ],
  wrong: [
    'docker network create sea',
    'ssh docker-host-2 docker network create sea',
    'for i in 1 2; do docker run -d --network sea --network-alias api ferry/api:1; ssh docker-host-2 docker run -d --network sea --network-alias api ferry/api:1; done',
    'docker run -d --name probe --network sea alpine sleep 900',
  ],
};
