import type { Challenge } from '../../components/challenge/types.ts';

export const firstTrace: Challenge = {
  id: 'first-trace',
  lesson: 'first',
  title: { en: 'leave no container behind', ko: '컨테이너를 남기지 않기' },
  task: {
    en: 'Run a container from `alpine`, then see to it that no container of `alpine` is left, while the image stays.',
    ko: '`alpine` 이미지로 컨테이너를 실행하고, 이미지는 남겨 둔 채 `alpine` 컨테이너가 하나도 남지 않게 하세요.',
  },
  start: 'empty',
  images: [],
  setup: [],
  goals: [
    {
      id: 'ran',
      events: { type: ['container'], event: ['start'], image: ['alpine'] },
      atLeast: 1,
      text: { en: 'A container of `alpine` was started', ko: '`alpine` 컨테이너가 시작됐습니다' },
    },
    {
      id: 'gone',
      list: 'containers',
      filters: { ancestor: ['alpine'] },
      atMost: 0,
      text: { en: 'No container of `alpine` is left', ko: '`alpine` 컨테이너가 남아 있지 않습니다' },
    },
    { id: 'image', image: 'alpine', where: { Os: 'linux' }, text: { en: 'The image `alpine` is there', ko: '`alpine` 이미지가 있습니다' } },
  ],
  hints: [
    {
      when: { goal: 'gone' },
      text: {
        en: 'A container that has exited is still listed: `docker ps -a` shows it. Something has to remove it.',
        ko: '끝난 컨테이너도 목록에 남습니다. `docker ps -a`에 보입니다. 따로 삭제해야 합니다.',
      },
    },
    {
      when: { goal: 'image', reached: 'ran' },
      text: {
        en: 'The image went too. A container and its image are removed by different commands.',
        ko: '이미지까지 삭제됐습니다. 컨테이너와 이미지는 서로 다른 명령으로 삭제합니다.',
      },
    },
    {
      when: { goal: 'ran' },
      text: {
        en: 'Nothing ran yet. `docker run alpine` followed by a command is enough.',
        ko: '아직 아무것도 실행되지 않았습니다. `docker run alpine` 뒤에 명령을 붙이면 됩니다.',
      },
    },
  ],
  solution: ['docker run --name hi alpine echo hi', 'docker rm hi'],
  wrong: ['docker run --name hi alpine echo hi', 'docker rmi -f alpine'],
};
