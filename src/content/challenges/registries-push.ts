import type { Challenge } from '../../components/challenge/types.ts';

export const registriesPush: Challenge = {
  id: 'registries-push',
  lesson: 'registries',
  title: { en: 'into a registry of your own', ko: '내 레지스트리에 올리기' },
  task: {
    en: 'A registry listens on port 5000 of this machine. Have `nginx` in it, as `team/web` with the tag `1.0`.',
    ko: '이 머신의 5000번 포트에서 레지스트리가 기다립니다. `nginx` 이미지를 그 레지스트리에 `team/web` 리포지터리, `1.0` 태그로 올리세요.',
  },
  start: 'images',
  images: ['registry:3', 'alpine:3.23', 'nginx'],
  setup: ['docker run -d --name reg -p 5000:5000 registry:3'],
  goals: [
    {
      id: 'named',
      run: 'localhost:5000/team/web:1.0',
      command: ['nginx', '-v'],
      prints: 'nginx version',
      text: {
        en: '`localhost:5000/team/web:1.0` names the image of `nginx`',
        ko: '`localhost:5000/team/web:1.0`이라는 이름이 `nginx` 이미지를 가리킵니다',
      },
    },
    {
      id: 'pushed',
      exec: ['reg', 'wget', '-q', '-O', '-', 'http://127.0.0.1:5000/v2/team/web/tags/list'],
      exit: 0,
      prints: '"1.0"',
      text: { en: 'The registry has the tag `1.0` of `team/web`', ko: '레지스트리에 `team/web`의 `1.0` 태그가 있습니다' },
    },
  ],
  hints: [
    {
      when: { goal: 'pushed', state: 'missing' },
      text: { en: 'The registry `reg` is gone. Start again.', ko: '레지스트리 `reg`가 없습니다. 다시 시작하세요.' },
    },
    {
      when: { goal: 'pushed', state: 'exited' },
      text: {
        en: 'The registry does not run: `docker start reg`.',
        ko: '레지스트리가 실행 중이 아닙니다. `docker start reg`를 실행하세요.',
      },
    },
    {
      when: { goal: 'pushed', reached: 'named' },
      text: {
        en: 'The name is right, and known to this machine only. Nothing has been sent yet.',
        ko: '이름은 맞지만 이 머신만 압니다. 아직 아무것도 보내지 않았습니다.',
      },
    },
    {
      when: { goal: 'named', reached: 'pushed' },
      text: {
        en: 'The registry has such a tag, but here the name leads to nothing or to another image.',
        ko: '레지스트리에 그 태그가 있지만, 여기에서는 그 이름이 없거나 다른 이미지를 가리킵니다.',
      },
    },
    {
      when: { goal: 'named' },
      text: {
        en: 'A name says where a push goes. Without a host in front, `web:1.0` is a name of Docker Hub, and there it is denied.',
        ko: '어디로 올릴지는 이름이 정합니다. 앞에 호스트가 없는 `web:1.0`은 Docker Hub의 이름이라 거부됩니다.',
      },
    },
  ],
  solution: ['docker tag nginx localhost:5000/team/web:1.0', 'docker push localhost:5000/team/web:1.0'],
  wrong: ['docker tag nginx web:1.0', 'docker push web:1.0'],
};
