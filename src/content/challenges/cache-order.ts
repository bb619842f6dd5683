import type { Challenge } from '../../components/challenge/types.ts';

export const cacheOrder: Challenge = {
  id: 'cache-order',
  lesson: 'cache',
  title: { en: 'put it in order', ko: '순서 바로잡기' },
  task: {
    en: 'In `slow/Dockerfile` every edit of `app.sh` repeats the installation. Reorder it so that only a change of `packages.txt` does, and build it as `quick`.',
    ko: '`slow/Dockerfile`은 `app.sh`를 고칠 때마다 설치를 되풀이합니다. `packages.txt`가 바뀔 때만 설치하도록 순서를 바꾸고 `quick`으로 빌드하세요.',
  },
  start: 'images',
  images: ['alpine'],
  setup: [
    'mkdir slow',
    'echo curl > slow/packages.txt; echo "echo ready" > slow/app.sh',
    'printf \'FROM alpine\\nWORKDIR /app\\nCOPY . .\\nRUN xargs apk add --no-cache < packages.txt\\nCMD ["sh", "app.sh"]\\n\' > slow/Dockerfile',
    'docker build -q -t slow slow',
  ],
  goals: [
    {
      id: 'order',
      image: 'quick',
      base: 'alpine',
      historyHas: ['COPY packages.txt', 'apk add', 'COPY'],
      text: {
        en: 'In `quick` the installation comes after `packages.txt` and before the rest',
        ko: '`quick`에서 설치는 `packages.txt` 다음, 나머지 앞에 있습니다',
      },
    },
    {
      id: 'works',
      run: 'quick',
      prints: 'ready',
      text: { en: '`docker run quick` prints `ready`', ko: '`docker run quick`이 `ready`를 출력합니다' },
    },
  ],
  hints: [
    {
      when: { goal: 'order', reached: 'works' },
      text: {
        en: 'It works, but what stands before the installation decides when it is repeated. Copy only what it reads.',
        ko: '동작하지만 설치 앞에 있는 것이 언제 되풀이할지를 정합니다. 설치가 읽는 것만 먼저 복사하세요.',
      },
    },
    {
      when: { goal: 'works', reached: 'order' },
      text: { en: 'The order is right, but `app.sh` is not in the image.', ko: '순서는 맞지만 `app.sh`가 이미지에 없습니다.' },
    },
    {
      when: { goal: 'order' },
      text: {
        en: 'There is no image `quick` yet: edit `slow/Dockerfile` and build it under that name.',
        ko: '아직 `quick` 이미지가 없습니다. `slow/Dockerfile`을 고쳐 그 이름으로 빌드하세요.',
      },
    },
  ],
  solution: [
    'printf \'FROM alpine\\nWORKDIR /app\\nCOPY packages.txt .\\nRUN xargs apk add --no-cache < packages.txt\\nCOPY . .\\nCMD ["sh", "app.sh"]\\n\' > slow/Dockerfile',
    'docker build -q -t quick slow',
  ],
  wrong: ['docker build -q --no-cache -t quick slow'],
};
