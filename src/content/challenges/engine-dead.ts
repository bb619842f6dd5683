import type { Challenge } from '../../components/challenge/types.ts';

export const engineDead: Challenge = {
  id: 'engine-dead',
  lesson: 'engine',
  title: { en: 'nobody answers', ko: '대답하지 않는 엔진' },
  task: {
    en: '`docker ps` only prints an error. Find out which end is missing and bring it back.',
    ko: '`docker ps`가 오류만 출력합니다. 어느 쪽이 없는지 찾아 되살리세요.',
  },
  start: 'images',
  images: ['nginx'],
  setup: ['sudo systemctl stop docker.socket docker'],
  goals: [
    {
      id: 'ping',
      request: '/_ping',
      status: 200,
      text: { en: 'The Engine answers `/_ping` with OK', ko: '엔진이 `/_ping`에 OK로 대답합니다' },
    },
  ],
  hints: [
    {
      when: { goal: 'ping' },
      text: {
        en: 'The client works: it says that it cannot reach the other end. Who listens on the socket?',
        ko: '클라이언트는 정상입니다. 상대에게 닿지 못한다고 말하고 있습니다. 소켓에서 듣는 것은 누구일까요?',
      },
    },
  ],
  solution: ['sudo systemctl start docker'],
  wrong: ['sudo docker ps'],
};
