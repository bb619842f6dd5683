import type { Challenge } from '../../components/challenge/types.ts';

export const registriesStale: Challenge = {
  id: 'registries-stale',
  lesson: 'registries',
  title: { en: 'the newer one', ko: '더 새로운 것으로' },
  task: {
    en: 'The container `boat` was made from `localhost:5000/boat`. Since then somebody has pushed a newer image under that name. Have `boat` run the new one.',
    ko: '`boat` 컨테이너는 `localhost:5000/boat`로 만들었습니다. 그 뒤에 누군가 같은 이름으로 더 새로운 이미지를 올렸습니다. `boat`가 새 이미지로 실행되게 하세요.',
  },
  start: 'images',
  images: ['registry:3', 'alpine:3.23', 'nginx'],
  setup: [
    'docker run -d --name reg -p 5000:5000 registry:3',
    `printf 'FROM alpine:3.23\\nRUN echo one > /version\\nCMD ["sleep", "3600"]\\n' | docker build -q -t localhost:5000/boat -`,
    'docker push -q localhost:5000/boat',
    'docker run -d --name boat localhost:5000/boat',
    `printf 'FROM alpine:3.23\\nRUN echo two > /version\\nCMD ["sleep", "3600"]\\n' | docker build -q -t 127.0.0.1:5000/boat -`,
    'docker push -q 127.0.0.1:5000/boat',
    'docker rmi 127.0.0.1:5000/boat',
  ],
  goals: [
    {
      id: 'pulled',
      run: 'localhost:5000/boat',
      command: ['cat', '/version'],
      prints: 'two',
      text: { en: '`localhost:5000/boat` on this machine is the new image', ko: '이 머신의 `localhost:5000/boat`가 새 이미지입니다' },
    },
    {
      id: 'runs',
      exec: ['boat', 'cat', '/version'],
      exit: 0,
      prints: 'two',
      text: { en: 'The running container `boat` has its files', ko: '실행 중인 `boat` 컨테이너에 그 파일이 있습니다' },
    },
  ],
  hints: [
    {
      when: { goal: 'runs', reached: 'pulled', state: 'missing' },
      text: {
        en: 'The new image is here and the old container is gone. Now make a new one of that name.',
        ko: '새 이미지를 받았고 이전 컨테이너도 없습니다. 이제 그 이름으로 새로 만드세요.',
      },
    },
    {
      when: { goal: 'runs', reached: 'pulled', state: 'exited' },
      text: { en: 'The new image is here, but `boat` does not run.', ko: '새 이미지를 받았지만 `boat`가 실행 중이 아닙니다.' },
    },
    {
      when: { goal: 'runs', reached: 'pulled' },
      text: {
        en: 'The new image is here. A container keeps the image that it was made from, also after a restart.',
        ko: '새 이미지를 받았습니다. 컨테이너는 다시 시작해도 만들 때의 이미지를 그대로 씁니다.',
      },
    },
    {
      when: { goal: 'pulled', reached: 'runs' },
      text: {
        en: 'The container prints what is wanted, but the name on this machine still leads to the old image.',
        ko: '컨테이너의 출력은 맞지만 이 머신의 이름은 아직 이전 이미지를 가리킵니다.',
      },
    },
    {
      when: { goal: 'pulled' },
      text: {
        en: 'The name on this machine still leads to the old image. Neither `run` nor `restart` asks the registry for a newer one.',
        ko: '이 머신의 이름은 아직 이전 이미지를 가리킵니다. `run`도 `restart`도 더 새로운 것이 있는지 레지스트리에 묻지 않습니다.',
      },
    },
  ],
  solution: ['docker pull localhost:5000/boat', 'docker rm -f boat', 'docker run -d --name boat localhost:5000/boat'],
  wrong: ['docker restart boat'],
};
