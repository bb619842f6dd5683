import type { Challenge } from '../../components/challenge/types.ts';

export const layersLean: Challenge = {
  id: 'layers-lean',
  lesson: 'layers',
  title: { en: 'lose weight for good', ko: '정말로 가벼워지기' },
  task: {
    en: 'The image `fat`, built from `fat/Dockerfile`, carries a file of 5 MB that nobody sees. Build an image `lean` that prints the same, and in which no step of its own is larger than 1 MB.',
    ko: '`fat/Dockerfile`로 빌드한 `fat` 이미지는 아무도 보지 못하는 5 MB 파일을 지고 다닙니다. 같은 것을 출력하면서 자기 단계가 모두 1 MB 이하인 `lean` 이미지를 빌드하세요.',
  },
  start: 'images',
  images: ['alpine'],
  setup: [
    'mkdir fat',
    'printf \'FROM alpine\\nRUN head -c 5m /dev/zero > /big\\nRUN wc -c < /big > /size\\nRUN rm /big\\nCMD ["cat", "/size"]\\n\' > fat/Dockerfile',
    'docker build -q -t fat fat',
  ],
  goals: [
    {
      id: 'light',
      image: 'lean',
      base: 'alpine',
      stepsUpToBytes: 1_000_000,
      text: { en: 'No step of `lean` is larger than 1 MB', ko: '`lean`의 단계가 모두 1 MB 이하입니다' },
    },
    {
      id: 'same',
      run: 'lean',
      prints: '5242880',
      text: { en: '`docker run lean` prints 5242880', ko: '`docker run lean`이 5242880을 출력합니다' },
    },
  ],
  hints: [
    {
      when: { goal: 'light', reached: 'same' },
      text: {
        en: 'It prints the right thing, but the file is still in a lower layer. One more layer never makes an image smaller.',
        ko: '출력은 맞지만 파일이 아래 레이어에 그대로 있습니다. 레이어를 더해서 이미지가 작아지는 일은 없습니다.',
      },
    },
    {
      when: { goal: 'same', reached: 'light' },
      text: {
        en: 'It is light, but it does not print what `fat` prints. The size has to be taken while the file is there.',
        ko: '가볍지만 `fat`과 출력이 다릅니다. 크기는 파일이 있는 동안 재야 합니다.',
      },
    },
    {
      when: { goal: 'light' },
      text: {
        en: 'There is no image `lean` of that kind yet. Make, measure and remove the file within one step.',
        ko: '아직 그런 `lean` 이미지가 없습니다. 한 단계 안에서 파일을 만들고 재고 지우세요.',
      },
    },
  ],
  solution: [
    'mkdir lean',
    'printf \'FROM alpine\\nRUN head -c 5m /dev/zero > /big && wc -c < /big > /size && rm /big\\nCMD ["cat", "/size"]\\n\' > lean/Dockerfile',
    'docker build -q -t lean lean',
  ],
  wrong: ["printf 'RUN rm -f /big\\n' >> fat/Dockerfile", 'docker build -q -t lean fat'],
};
