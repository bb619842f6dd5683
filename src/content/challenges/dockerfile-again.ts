import type { Challenge } from '../../components/challenge/types.ts';

export const dockerfileAgain: Challenge = {
  id: 'dockerfile-again',
  lesson: 'dockerfile',
  title: { en: 'write down how', ko: '만드는 법을 적기' },
  task: {
    en: 'Somebody made `hand` by hand and committed it. Write a Dockerfile and build from it an image `again` that prints the same when it is run without a command.',
    ko: '누군가 `hand` 이미지를 손으로 만들어 커밋했습니다. Dockerfile을 쓰고, 명령 없이 실행하면 같은 것을 출력하는 `again` 이미지를 빌드하세요.',
  },
  start: 'images',
  images: ['alpine'],
  setup: [
    "docker run --name box alpine sh -c 'mkdir /srv/www; echo made by hand > /srv/www/index.html'",
    `docker commit -c 'CMD ["cat", "/srv/www/index.html"]' box hand`,
  ],
  goals: [
    {
      id: 'same',
      run: 'again',
      prints: 'made by hand',
      text: { en: '`docker run again` prints `made by hand`', ko: '`docker run again`이 `made by hand`를 출력합니다' },
    },
    {
      id: 'built',
      image: 'again',
      base: 'alpine',
      historyHas: ['# buildkit'],
      text: { en: 'Its history tells how it was built', ko: '빌드한 과정이 히스토리에 있습니다' },
    },
  ],
  hints: [
    {
      when: { goal: 'built', reached: 'same' },
      text: {
        en: 'It works, but nobody can tell how it was made: it was committed. Write the steps into a Dockerfile and build.',
        ko: '동작하지만 커밋한 것이라 어떻게 만들었는지 아무도 모릅니다. 단계를 Dockerfile에 적고 빌드하세요.',
      },
    },
    {
      when: { goal: 'same', reached: 'built' },
      text: {
        en: 'It is built, but it prints something else. What does the image run without a command?',
        ko: '빌드했지만 출력이 다릅니다. 명령 없이 실행하면 무엇이 실행되나요?',
      },
    },
    {
      when: { goal: 'same' },
      text: {
        en: 'There is no such image yet. `docker history hand` and a look into its files tell what has to be repeated.',
        ko: '아직 그런 이미지가 없습니다. `docker history hand`와 파일을 보면 무엇을 다시 해야 하는지 알 수 있습니다.',
      },
    },
  ],
  solution: [
    'mkdir again',
    `printf 'FROM alpine\\nRUN mkdir /srv/www && echo made by hand > /srv/www/index.html\\nCMD ["cat", "/srv/www/index.html"]\\n' > again/Dockerfile`,
    'docker build -q -t again again',
  ],
  wrong: ['docker run --name copy hand true', `docker commit -c 'CMD ["cat", "/srv/www/index.html"]' copy again`],
};
