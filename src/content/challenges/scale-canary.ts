import type { Challenge } from '../../components/challenge/types.ts';

/** Asks `web` often enough to hear every copy, and tests how many there are of version 1 and of version 2. */
const heard = (test: string): string =>
  `all=$(for i in 1 2 3 4 5 6; do wget -T 1 -qO- http://127.0.0.1/api/whoami; done | sort -u); old=$(echo "$all" | grep -c 'version 1'); new=$(echo "$all" | grep -c 'version 2'); ${test}`;

export const scaleCanary: Challenge = {
  id: 'scale-canary',
  lesson: 'scale',
  title: { en: 'two old, one new', ko: '옛것 둘, 새것 하나' },
  task: {
    en: 'Behind `web`, three copies of `ferry/api:1` answer. Make it two of version 1 and one of `ferry/api:2`, and leave `web` as it is.',
    ko: '`web` 뒤에서 `ferry/api:1` 복제본 셋이 답합니다. `web`은 그대로 두고 버전 1이 둘, `ferry/api:2`가 하나가 되게 하세요.',
  },
  start: 'ferry-up',
  images: ['ferry/api:2'],
  setup: [
    "sed -i 's|ferry/api:2|ferry/api:1|' ferry/compose.yaml",
    'docker run --rm ferry/api:1 grep -q VERSION=1 /srv/cgi-bin/api.sh || docker build -q -t ferry/api:1 ferry/api',
    'docker ps -aq --filter network=ferry_default | xargs -r docker rm -f',
    'docker compose --project-directory ferry up -d --scale api=3',
  ],
  goals: [
    {
      id: 'old',
      exec: ['ferry-web-1', 'sh', '-c', `sleep 2; ${heard('[ $old -ge 2 ]')}`],
      exit: 0,
      text: { en: 'At least two copies of version 1 answer', ko: '버전 1의 복제본이 둘 이상 답합니다' },
    },
    {
      id: 'new',
      list: 'containers',
      filters: { ancestor: ['ferry/api:2'], status: ['running'] },
      atLeast: 1,
      text: { en: 'A container of `ferry/api:2` runs', ko: '`ferry/api:2`의 컨테이너가 실행 중입니다' },
    },
    {
      id: 'mix',
      exec: ['ferry-web-1', 'sh', '-c', heard('[ $old.$new = 2.1 ]')],
      exit: 0,
      text: { en: 'Three copies answer, and one of them is version 2', ko: '셋이 답하고 그중 하나가 버전 2입니다' },
    },
    {
      id: 'web',
      container: 'ferry-web-1',
      unchanged: 'Id',
      text: { en: '`ferry-web-1` is the same container', ko: '`ferry-web-1`은 처음의 그 컨테이너입니다' },
    },
  ],
  hints: [
    {
      when: { goal: 'web' },
      text: {
        en: '`web` is gone or has been replaced, and meanwhile nobody answered. Start again.',
        ko: '`web`이 없어졌거나 바뀌었고, 그동안 아무도 답하지 않았습니다. 다시 시작하세요.',
      },
    },
    {
      when: { goal: 'old', state: 'exited' },
      text: { en: '`ferry-web-1` is stopped: nobody gets an answer.', ko: '`ferry-web-1`이 중지되어 아무도 답을 받지 못합니다.' },
    },
    {
      when: { goal: 'old', reached: 'new' },
      text: {
        en: 'The new version has taken over. Two copies must come from the old image, and for that `ferry/api:1` must still be version 1: if you moved the tag, start again.',
        ko: '새 버전이 자리를 다 차지했습니다. 둘은 옛 이미지로 실행해야 하고, 그러려면 `ferry/api:1`이 여전히 버전 1이어야 합니다. 태그를 옮겼다면 다시 시작하세요.',
      },
    },
    {
      when: { goal: 'old' },
      text: {
        en: 'Fewer than two copies of version 1 answer. `docker compose up -d --scale api=2` in `ferry` says how many there should be.',
        ko: '버전 1의 복제본이 둘보다 적습니다. `ferry`에서 `docker compose up -d --scale api=2`로 몇이어야 하는지 정하세요.',
      },
    },
    {
      when: { goal: 'new' },
      text: {
        en: 'No container of `ferry/api:2` runs yet. `web` finds it if it is on `ferry_default` and has the alias `api` there.',
        ko: '`ferry/api:2`의 컨테이너가 아직 없습니다. `ferry_default`에 있고 거기서 `api`라는 별칭을 가지면 `web`이 찾습니다.',
      },
    },
    {
      when: { goal: 'mix' },
      text: {
        en: 'It runs, but the mixture is another one. Count the answers with `curl` in a loop: are there two old ones, and does `web` find the new one under the name `api`?',
        ko: '실행 중이지만 비율이 다릅니다. `curl`을 되풀이해 답을 세어 보세요. 옛것이 둘인가요? `web`이 새것을 `api`라는 이름으로 찾나요?',
      },
    },
  ],
  solution: [
    'cd ferry',
    'docker compose up -d -t 1 --scale api=2',
    'docker run -d --name canary --network ferry_default --network-alias api -e PGPASSWORD=boats ferry/api:2',
  ],
  wrong: ['docker tag ferry/api:2 ferry/api:1', 'cd ferry', 'docker compose up -d -t 1 --scale api=3'],
};
