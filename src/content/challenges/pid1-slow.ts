import type { Challenge } from '../../components/challenge/types.ts';

export const pid1Slow: Challenge = {
  id: 'pid1-slow',
  lesson: 'pid1',
  title: { en: 'stop at once', ko: '바로 멈추기' },
  task: {
    en: '`slow` prints `working` every second. `docker stop slow` takes ten seconds, and it ends with 137. Replace it by a `slow` that does the same, and stop that one: it has to end by TERM.',
    ko: '`slow`는 1초마다 `working`을 출력합니다. `docker stop slow`는 10초가 걸리고 137로 끝납니다. 같은 일을 하는 `slow`로 바꾼 다음 중지해, TERM으로 끝나게 하세요.',
  },
  start: 'images',
  images: ['alpine'],
  setup: ["docker run -d --name slow alpine sh -c 'while :; do echo working; sleep 1; done'"],
  goals: [
    {
      id: 'ended',
      container: 'slow',
      where: { 'State.Status': 'exited' },
      text: { en: 'The container `slow` is `exited`', ko: '`slow` 컨테이너의 상태가 `exited`입니다' },
    },
    {
      id: 'heard',
      list: 'containers',
      filters: { name: ['^/slow$'], exited: ['0', '143'] },
      atLeast: 1,
      text: { en: 'It ended with 0 or 143', ko: '0이나 143으로 끝났습니다' },
    },
    {
      id: 'asked',
      events: { type: ['container'], event: ['stop'], container: ['slow'] },
      atLeast: 1,
      text: { en: '`docker stop` has ended it', ko: '`docker stop`으로 끝났습니다' },
    },
  ],
  hints: [
    {
      when: { goal: 'ended', state: 'missing' },
      text: {
        en: 'There is no `slow` now. Run one that does the same work and hears TERM.',
        ko: '지금은 `slow`가 없습니다. 같은 일을 하면서 TERM을 듣는 컨테이너를 실행하세요.',
      },
    },
    {
      when: { goal: 'ended', state: 'running' },
      text: {
        en: '`slow` runs. Does its number 1 hear TERM? `docker exec slow ps` shows what it is. If it does, stop it.',
        ko: '`slow`가 실행 중입니다. 1번은 TERM을 들을까요? `docker exec slow ps`로 무엇인지 보세요. 듣는다면 중지하세요.',
      },
    },
    {
      when: { goal: 'heard', reached: 'ended' },
      text: {
        en: 'It has ended, but not by TERM: 137 is KILL. A shorter wait does not help. Number 1 needs a handler, or the loop another number.',
        ko: '끝났지만 TERM으로 끝난 것이 아닙니다. 137은 KILL입니다. 덜 기다려도 소용없습니다. 1번에 처리기가 있거나, 반복문이 1번이 아니어야 합니다.',
      },
    },
    {
      when: { goal: 'asked' },
      text: {
        en: 'It has ended by itself. Let it work until `docker stop` asks it to end.',
        ko: '스스로 끝났습니다. `docker stop`이 부탁할 때까지 일하게 두세요.',
      },
    },
    {
      when: { goal: 'ended' },
      text: { en: '`slow` has not run yet, or it is paused.', ko: '`slow`가 아직 실행되지 않았거나 일시 정지 상태입니다.' },
    },
  ],
  solution: [
    'docker rm -f slow',
    "docker run -d --init --name slow alpine sh -c 'while :; do echo working; sleep 1; done'",
    'sleep 1',
    'docker stop slow',
  ],
  wrong: ['docker stop -t 0 slow'],
};
