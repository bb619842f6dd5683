import type { Challenge } from '../../components/challenge/types.ts';

export const lifecycleShell: Challenge = {
  id: 'lifecycle-shell',
  lesson: 'lifecycle',
  title: { en: 'a shell that stays', ko: '끝나지 않는 셸' },
  task: {
    en: '`docker run -d --name sh1 alpine` was meant to give a shell that waits. It ended at once. Make a container `sh1` of `alpine` whose shell keeps running.',
    ko: '`docker run -d --name sh1 alpine`으로 기다리는 셸을 만들려 했지만 바로 끝났습니다. `alpine`으로 셸이 계속 실행되는 `sh1` 컨테이너를 만드세요.',
  },
  start: 'images',
  images: ['alpine'],
  setup: ['docker run -d --name sh1 alpine'],
  goals: [
    {
      id: 'running',
      container: 'sh1',
      where: { 'State.Status': 'running' },
      text: { en: 'The container `sh1` is `running`', ko: '`sh1` 컨테이너의 상태가 `running`입니다' },
    },
    {
      id: 'alpine',
      container: 'sh1',
      where: { 'Config.Image': 'alpine' },
      text: { en: 'It was made from `alpine`', ko: '`alpine` 이미지로 만들었습니다' },
    },
  ],
  hints: [
    {
      when: { goal: 'running', state: 'missing' },
      text: {
        en: 'The old one is gone. Now make one whose shell has something to wait for.',
        ko: '이전 컨테이너는 삭제됐습니다. 이제 셸이 기다릴 것이 있는 컨테이너를 만드세요.',
      },
    },
    {
      when: { goal: 'running', state: 'exited' },
      text: {
        en: 'It exited with 0: its shell read its input, found the end at once, and was done. Starting it again gives it no more input. What keeps an input open?',
        ko: '종료 코드 0으로 끝났습니다. 셸이 입력을 읽자마자 끝을 만났기 때문입니다. 다시 시작해도 입력은 없습니다. 입력을 열어 두는 옵션은 무엇일까요?',
      },
    },
  ],
  solution: ['docker rm sh1', 'docker run -dit --name sh1 alpine'],
  wrong: ['docker start sh1'],
};
