import type { Challenge } from '../../components/challenge/types.ts';

export const shareBack: Challenge = {
  id: 'share-back',
  lesson: 'share',
  title: { en: 'out of the archive', ko: '아카이브에서 되살리기' },
  task: {
    en: 'All that is left of a volume is `b.tar` in your folder. Restore it to a volume `back`, and have a container `reader` that runs and finds `/data/today` on it.',
    ko: '볼륨은 사라지고 내 폴더에 `b.tar`만 남았습니다. `back` 볼륨에 복원하고, `reader` 컨테이너가 실행 중에 그 볼륨에서 `/data/today`를 찾을 수 있게 하세요.',
  },
  start: 'images',
  images: ['alpine'],
  setup: [
    "docker run --rm -v old:/shared alpine sh -c 'echo 08:00 Moss > /shared/today; echo 09:15 Horten > /shared/tomorrow'",
    'docker run --rm -v old:/shared -v .:/out alpine tar -cf /out/b.tar /shared',
    'docker volume rm old',
  ],
  goals: [
    {
      id: 'on-back',
      list: 'containers',
      filters: { name: ['^/?reader$'], volume: ['back'], status: ['running'] },
      atLeast: 1,
      text: { en: '`reader` runs and has the volume `back`', ko: '`reader`가 실행 중이고 `back` 볼륨을 가지고 있습니다' },
    },
    {
      id: 'at-root',
      exec: ['reader', 'cat', '/data/today'],
      exit: 0,
      prints: '08:00 Moss',
      text: { en: '`reader` reads `/data/today`', ko: '`reader`가 `/data/today`를 읽습니다' },
    },
    {
      id: 'whole',
      exec: ['reader', 'cat', '/data/tomorrow'],
      exit: 0,
      prints: '09:15 Horten',
      text: { en: '`/data/tomorrow` is there too', ko: '`/data/tomorrow`도 있습니다' },
    },
  ],
  hints: [
    {
      when: { goal: 'at-root', state: 'missing' },
      text: {
        en: 'There is no container named `reader` yet. `tar -tf b.tar` shows what it should find.',
        ko: '아직 `reader` 컨테이너가 없습니다. 무엇을 찾아야 하는지는 `tar -tf b.tar`로 볼 수 있습니다.',
      },
    },
    {
      when: { goal: 'at-root', state: 'exited' },
      text: {
        en: '`reader` has exited. It needs a process that lasts, such as `sleep 900`.',
        ko: '`reader`가 끝났습니다. `sleep 900`처럼 오래가는 프로세스가 필요합니다.',
      },
    },
    {
      when: { goal: 'at-root', state: 'created' },
      text: { en: '`reader` was created, but not started.', ko: '`reader`를 만들기만 하고 시작하지 않았습니다.' },
    },
    {
      when: { goal: 'on-back' },
      text: {
        en: '`reader` does not have the volume `back`. Before the colon of `-v`, a word is a volume; a path such as `./back` is a folder of the host.',
        ko: '`reader`에 `back` 볼륨이 없습니다. `-v`의 콜론 앞에 낱말을 쓰면 볼륨이고, `./back` 같은 경로를 쓰면 호스트의 폴더입니다.',
      },
    },
    {
      when: { goal: 'at-root', reached: 'on-back' },
      text: {
        en: 'The volume is there, the file is not where it should be. `docker exec reader find /data` shows what is. Which names does the archive have, and from which folder were they unpacked?',
        ko: '볼륨은 있는데 파일이 있어야 할 자리에 없습니다. `docker exec reader find /data`로 무엇이 있는지 보세요. 아카이브 안의 이름은 어떻게 시작하고, 어느 폴더에서 풀었나요?',
      },
    },
    {
      when: { goal: 'whole' },
      text: { en: 'One file is missing. Unpack the whole archive.', ko: '파일 하나가 빠졌습니다. 아카이브를 모두 푸세요.' },
    },
  ],
  solution: [
    'docker run --rm -v back:/shared -v .:/in alpine tar -xf /in/b.tar -C /',
    'docker run -d --name reader -v back:/data alpine sleep 900',
  ],
  wrong: [
    'docker run --rm -v back:/data -v .:/in alpine tar -xf /in/b.tar -C /data',
    'docker run -d --name reader -v back:/data alpine sleep 900',
  ],
};
