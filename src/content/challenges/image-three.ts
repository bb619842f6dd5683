import type { Challenge } from '../../components/challenge/types.ts';

export const imageThree: Challenge = {
  id: 'image-three',
  lesson: 'image',
  title: { en: 'three of one image', ko: '이미지 하나로 컨테이너 셋' },
  task: {
    en: 'Have three containers `red`, `green` and `blue` of the image `nginx` running, each with a file `/id` whose content differs from that of the other two. No new image is needed.',
    ko: '`nginx` 이미지의 컨테이너 `red`, `green`, `blue`를 실행 중으로 만들고, 저마다 다른 내용의 `/id` 파일을 갖게 하세요. 새 이미지는 필요 없습니다.',
  },
  start: 'images',
  images: ['nginx'],
  setup: ['docker pull -q nginx'],
  goals: [
    {
      id: 'three',
      list: 'containers',
      filters: { ancestor: ['nginx'], status: ['running'], name: ['^/red$', '^/green$', '^/blue$'] },
      atLeast: 3,
      text: {
        en: '`red`, `green` and `blue` are `running`, made from `nginx`',
        ko: '`nginx`로 만든 `red`, `green`, `blue`의 상태가 `running`입니다',
      },
    },
    {
      id: 'different',
      everywhere: ['cat', '/id'],
      different: 3,
      text: { en: 'There are three different `/id` files', ko: '`/id` 파일의 내용이 셋 다 다릅니다' },
    },
  ],
  hints: [
    {
      when: { goal: 'three', reached: 'different' },
      text: {
        en: 'Three different files, but not in three containers of `nginx`. An image for each is not needed: what a container writes is its own.',
        ko: '파일은 셋 다 다르지만 `nginx`로 만든 컨테이너 셋이 아닙니다. 저마다 이미지를 만들 필요는 없습니다. 컨테이너가 쓴 것은 그 컨테이너의 것입니다.',
      },
    },
    {
      when: { goal: 'different', reached: 'three' },
      text: {
        en: 'The three are running. At least two of them have the same `/id`, or none. `docker cp` and `docker exec` write into one container only.',
        ko: '셋이 실행 중입니다. 적어도 둘은 `/id`가 같거나 없습니다. `docker cp`와 `docker exec`는 한 컨테이너 안에만 씁니다.',
      },
    },
    {
      when: { goal: 'three' },
      text: {
        en: 'Not all three are running yet. `docker run -d --name red nginx` makes the first; `docker ps -a` shows one that has ended.',
        ko: '아직 셋이 다 실행 중이 아닙니다. 첫 번째는 `docker run -d --name red nginx`로 만들고, 끝난 것이 있는지는 `docker ps -a`로 보세요.',
      },
    },
  ],
  solution: ['for name in red green blue; do docker run -d --name $name nginx; echo $name > id; docker cp id $name:/id; done'],
  wrong: [
    'docker run -d --name one nginx',
    'for name in red green blue; do docker exec one sh -c "echo $name > /id"; docker commit one shop-$name; done',
    'for name in red green blue; do docker run -d --name $name shop-$name; done',
  ],
};
