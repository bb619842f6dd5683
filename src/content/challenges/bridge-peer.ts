import type { Challenge } from '../../components/challenge/types.ts';

export const bridgePeer: Challenge = {
  id: 'bridge-peer',
  lesson: 'bridge',
  title: { en: 'a neighbour on the bridge', ko: '브리지 위의 이웃' },
  task: {
    en: 'Have a container `peer` from `alpine` that runs and reaches the page of `web` by its address, with both on the network `bridge` only.',
    ko: '`alpine` 이미지로 `peer` 컨테이너를 실행해 `web`의 페이지를 주소로 가져올 수 있게 하세요. 둘 다 `bridge` 네트워크에만 있어야 합니다.',
  },
  start: 'images',
  images: ['nginx', 'alpine'],
  setup: ['docker run -d --name web nginx'],
  goals: [
    {
      id: 'reaches',
      exec: ['peer', 'wget', '-q', '-O', '/dev/null', '-T', '3', 'http://172.17.0.2'],
      exit: 0,
      text: { en: '`peer` gets the page from 172.17.0.2', ko: '`peer`가 172.17.0.2에서 페이지를 가져옵니다' },
    },
    {
      id: 'peer-bridge',
      container: 'peer',
      networks: ['bridge'],
      text: { en: '`peer` is on `bridge` only', ko: '`peer`는 `bridge`에만 있습니다' },
    },
    {
      id: 'web-bridge',
      container: 'web',
      networks: ['bridge'],
      text: { en: '`web` is on `bridge` only', ko: '`web`은 `bridge`에만 있습니다' },
    },
  ],
  hints: [
    {
      when: { goal: 'reaches', state: 'missing' },
      text: { en: 'There is no container named `peer` yet.', ko: '아직 `peer` 컨테이너가 없습니다.' },
    },
    {
      when: { goal: 'reaches', state: 'exited' },
      text: {
        en: '`peer` has exited. It needs a process that lasts, such as `sleep 900`.',
        ko: '`peer`가 끝났습니다. `sleep 900`처럼 오래가는 프로세스가 필요합니다.',
      },
    },
    {
      when: { goal: 'peer-bridge' },
      text: {
        en: '`peer` is on another network. Between two bridges the host drops the packets: look at `sudo iptables -t raw -S`.',
        ko: '`peer`가 다른 네트워크에 있습니다. 두 브리지 사이의 패킷은 호스트가 버립니다. `sudo iptables -t raw -S`를 보세요.',
      },
    },
    {
      when: { goal: 'reaches' },
      text: {
        en: 'Does `web` run, and is 172.17.0.2 still its address?',
        ko: '`web`이 실행 중인지, 주소가 여전히 172.17.0.2인지 확인하세요.',
      },
    },
    {
      when: { goal: 'web-bridge' },
      text: {
        en: '`web` has joined another network. It was reachable without.',
        ko: '`web`이 다른 네트워크에 들어갔습니다. 그러지 않아도 닿을 수 있습니다.',
      },
    },
  ],
  solution: ['docker run -d --name peer alpine sleep 900'],
  wrong: ['docker network create other', 'docker run -d --name peer --network other -p 8080:80 alpine sleep 900'],
};
