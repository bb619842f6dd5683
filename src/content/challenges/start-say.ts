import type { Challenge } from '../../components/challenge/types.ts';

export const startSay: Challenge = {
  id: 'start-say',
  lesson: 'start',
  title: { en: 'say something else', ko: '다른 말 하기' },
  task: {
    en: 'The image `say`, built from `say/Dockerfile`, prints `hello`. But `docker run say hi` fails. Rebuild it so that it prints whatever stands after its name, and `hello` if nothing does.',
    ko: '`say/Dockerfile`로 빌드한 `say` 이미지는 `hello`를 출력합니다. 그런데 `docker run say hi`는 실패합니다. 이름 뒤에 적은 말을 출력하고, 적지 않으면 `hello`를 출력하도록 다시 빌드하세요.',
  },
  start: 'images',
  images: ['alpine', 'debian:12-slim'],
  setup: ['mkdir -p say', `printf 'FROM alpine\\nCMD ["echo", "hello"]\\n' > say/Dockerfile`, 'docker build -q -t say say'],
  goals: [
    {
      id: 'hello',
      run: 'say',
      prints: 'hello',
      text: { en: '`docker run say` prints `hello`', ko: '`docker run say`가 `hello`를 출력합니다' },
    },
    {
      id: 'hi',
      run: 'say',
      command: ['hi'],
      prints: 'hi',
      text: { en: '`docker run say hi` prints `hi`', ko: '`docker run say hi`가 `hi`를 출력합니다' },
    },
    {
      id: 'default',
      image: 'say',
      where: { 'Config.Cmd.0': 'hello' },
      text: { en: '`hello` is only the default, in the image’s CMD', ko: '`hello`는 이미지의 CMD에 있는 기본값일 뿐입니다' },
    },
  ],
  hints: [
    {
      when: { goal: 'hello', reached: 'hi' },
      text: {
        en: 'Words after the name are printed. Without any, nothing is: where does a default stand?',
        ko: '이름 뒤의 말은 출력합니다. 아무 말이 없으면 나오는 것도 없습니다. 기본값은 어디에 적을까요?',
      },
    },
    {
      when: { goal: 'default', reached: 'hi' },
      text: {
        en: '`hi` is printed, but what else? A word in ENTRYPOINT is always there; one in CMD gives way.',
        ko: '`hi`가 나오지만 다른 말도 함께 나오지 않나요? ENTRYPOINT의 말은 언제나 남고, CMD의 말은 자리를 내줍니다.',
      },
    },
    {
      when: { goal: 'hi', reached: 'default' },
      text: {
        en: 'The default is right, but nothing prints what replaces it. The program belongs into ENTRYPOINT, as a list: a line of text takes no words.',
        ko: '기본값은 맞지만 그것을 대신한 말을 출력하는 프로그램이 없습니다. 프로그램은 ENTRYPOINT에 목록으로 적으세요. 글 한 줄로 적으면 말이 전달되지 않습니다.',
      },
    },
    {
      when: { goal: 'hi', reached: 'hello' },
      text: {
        en: 'CMD is a default: `hi` takes the place of all of it, `echo` included, and is then looked for as a program.',
        ko: 'CMD는 기본값입니다. `hi`가 `echo`까지 통째로 대신하고, 도커는 `hi`라는 프로그램을 찾습니다.',
      },
    },
    {
      when: { goal: 'hello' },
      text: {
        en: 'There is no image `say` that prints `hello` without further words. `docker image inspect say` shows its Entrypoint and Cmd.',
        ko: '다른 말 없이 `hello`를 출력하는 `say` 이미지가 없습니다. `docker image inspect say`에서 Entrypoint와 Cmd를 보세요.',
      },
    },
  ],
  solution: [`printf 'FROM alpine\\nENTRYPOINT ["echo"]\\nCMD ["hello"]\\n' > say/Dockerfile`, 'docker build -q -t say say'],
  wrong: [`printf 'FROM alpine\\nENTRYPOINT ["echo", "hello"]\\n' > say/Dockerfile`, 'docker build -q -t say say'],
};
