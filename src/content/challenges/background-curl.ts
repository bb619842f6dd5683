import type { Challenge } from '../../components/challenge/types.ts';

export const backgroundCurl: Challenge = {
  id: 'background-curl',
  lesson: 'background',
  title: { en: 'a tool for now', ko: '지금 쓸 도구' },
  task: {
    en: '`many` runs in the background, and its image has no `curl`. You need it in there now: install it in the running container, without replacing it.',
    ko: '백그라운드에서 실행 중인 `many`의 이미지에는 `curl`이 없습니다. 지금 그 안에서 써야 합니다. 컨테이너를 바꾸지 말고 실행 중인 그대로 설치하세요.',
  },
  start: 'images',
  images: ['debian', 'alpine'],
  setup: ["docker run -d --name many debian sh -c 'sleep 5000 & sleep 6000 & wait'"],
  goals: [
    {
      id: 'curl',
      exec: ['many', 'curl', '--version'],
      exit: 0,
      text: { en: '`curl` runs in `many`', ko: '`many` 안에서 `curl`이 실행됩니다' },
    },
    { id: 'same-one', container: 'many', unchanged: 'Id', text: { en: 'It is the same container', ko: '처음의 그 컨테이너입니다' } },
    {
      id: 'image',
      container: 'many',
      where: { 'Config.Image': 'debian' },
      text: { en: 'It was made from `debian`', ko: '`debian` 이미지로 만들었습니다' },
    },
  ],
  hints: [
    {
      when: { goal: 'same-one', state: 'missing' },
      text: {
        en: 'There is no `many` any more, and with it went whatever was installed in it. Start again.',
        ko: '`many`가 없습니다. 그 안에 설치한 것도 함께 사라졌습니다. 다시 시작하세요.',
      },
    },
    {
      when: { goal: 'same-one' },
      text: {
        en: 'This is a new container of the same name; whoever used the old one has lost it. `docker exec` changes one that runs. Start again.',
        ko: '이름만 같은 새 컨테이너입니다. 이전 컨테이너를 쓰던 사람은 그것을 잃었습니다. `docker exec`로 실행 중인 컨테이너를 바꿀 수 있습니다. 다시 시작하세요.',
      },
    },
    {
      when: { goal: 'curl', state: 'exited' },
      text: {
        en: '`many` has exited, and `exec` needs one that runs. Its files are still there: start it.',
        ko: '`many`가 끝났습니다. `exec`는 실행 중인 컨테이너에만 쓸 수 있습니다. 파일은 그대로이니 다시 시작하세요.',
      },
    },
    {
      when: { goal: 'curl', state: 'paused' },
      text: { en: '`many` is paused: nothing can run in it.', ko: '`many`가 일시 정지 상태라 안에서 아무것도 실행할 수 없습니다.' },
    },
    {
      when: { goal: 'curl' },
      text: {
        en: 'There is no `curl` in it yet. If `apt-get install` cannot locate it, the lists of packages are missing: `apt-get update` fetches them. And `-y` answers the question that nobody can.',
        ko: '아직 `curl`이 없습니다. `apt-get install`이 찾지 못한다면 패키지 목록이 없는 것이고, `apt-get update`가 내려받습니다. 물음에는 `-y`가 대신 답합니다.',
      },
    },
  ],
  solution: ['docker exec many apt-get update', 'docker exec many apt-get install -y curl'],
  wrong: ['docker rm -f many', 'docker run -d --name many alpine sleep 900', 'docker exec many apk add -q curl'],
};
