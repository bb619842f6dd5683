import type { Challenge } from '../../components/challenge/types.ts';

/** Looks through all that the registry has of `safe`: its manifests, settings and layers. */
const SEARCH = [
  'cd /var/lib/registry/docker/registry/v2 || exit 2',
  'digests=$(cat repositories/safe/_manifests/tags/latest/current/link) || exit 2',
  'for round in 1 2 3; do',
  '  next=',
  '  for digest in $digests; do',
  '    hex=${digest#sha256:}',
  '    blob=blobs/sha256/${hex%"${hex#??}"}/$hex/data',
  '    [ -f "$blob" ] || continue',
  '    if gunzip -c < "$blob" > /tmp/blob 2> /dev/null; then :; else cp "$blob" /tmp/blob; fi',
  '    if grep -q tt4711 /tmp/blob; then exit 1; fi',
  '    if [ "$round" != 3 ]; then next="$next $(grep -o "sha256:[0-9a-f]*" /tmp/blob)"; fi',
  '  done',
  '  digests=$next',
  'done',
  'echo clean',
].join('\n');

const lines = (...all: readonly string[]): string => `printf '%s\\n' ${all.map((line) => `'${line}'`).join(' ')} > safe/Dockerfile`;

export const slimSafe: Challenge = {
  id: 'slim-safe',
  lesson: 'slim',
  title: { en: 'fit to be seen', ko: '내보여도 되는 이미지' },
  task: {
    en: '`safe/Dockerfile` needs Node and a token, which is in `token.txt`, to make one line of text. The image that it builds carries both, and runs as root. Rewrite it, build it as `localhost:5000/safe` and push it, so that everybody may have it.',
    ko: '`safe/Dockerfile`은 글 한 줄을 만드는 데 Node와 `token.txt`의 토큰을 씁니다. 빌드한 이미지에는 둘 다 남고, root로 실행됩니다. 누구에게 주어도 되도록 고쳐서 `localhost:5000/safe`로 빌드하고 올리세요.',
  },
  start: 'images',
  images: ['alpine', 'node:24-alpine', 'busybox', 'registry:3'],
  setup: [
    'docker run -d --name harbour -p 5000:5000 registry:3',
    'mkdir -p safe',
    'echo tt4711 > token.txt',
    lines(
      'FROM node:24-alpine',
      'ARG TOKEN',
      'RUN echo $TOKEN > /token',
      'RUN echo $(node -p 6*7) $(sha256sum < /token) > /page.txt',
      'RUN rm /token',
      'CMD ["cat", "/page.txt"]',
    ),
    'docker build -q --build-arg TOKEN=tt4711 -t unsafe safe',
  ],
  goals: [
    {
      id: 'works',
      run: 'localhost:5000/safe',
      prints: '42 422a9198b4e2d44f',
      text: {
        en: '`docker run localhost:5000/safe` prints the same line as `unsafe`',
        ko: '`docker run localhost:5000/safe`가 `unsafe`와 같은 줄을 출력합니다',
      },
    },
    {
      id: 'light',
      image: 'localhost:5000/safe',
      base: 'alpine',
      stepsUpToBytes: 15_000_000,
      text: { en: 'No step of it adds more than 15 MB', ko: '어느 단계도 15 MB 넘게 더하지 않습니다' },
    },
    {
      id: 'user',
      run: 'localhost:5000/safe',
      command: ['sh', '-c', '[ "$(id -u)" != 0 ] && echo somebody'],
      prints: 'somebody',
      text: { en: 'It does not run as root', ko: 'root로 실행되지 않습니다' },
    },
    {
      id: 'pushed',
      exec: ['harbour', 'wget', '-q', '-O', '-', 'http://127.0.0.1:5000/v2/safe/tags/list'],
      exit: 0,
      prints: '"latest"',
      text: { en: 'It is in the registry on port 5000', ko: '5000번 포트의 레지스트리에 있습니다' },
    },
    {
      id: 'clean',
      exec: ['harbour', 'sh', '-c', SEARCH],
      exit: 0,
      prints: 'clean',
      text: {
        en: 'Neither its layers nor its history in the registry have the token',
        ko: '레지스트리에 있는 레이어와 히스토리 어디에도 토큰이 없습니다',
      },
    },
  ],
  hints: [
    {
      when: { goal: 'pushed', state: 'missing' },
      text: { en: 'The registry `harbour` is gone. Start again.', ko: '레지스트리 `harbour`가 없습니다. 다시 시작하세요.' },
    },
    {
      when: { goal: 'pushed', state: 'exited' },
      text: {
        en: 'The registry does not run: `docker start harbour`.',
        ko: '레지스트리가 실행 중이 아닙니다. `docker start harbour`를 실행하세요.',
      },
    },
    {
      when: { goal: 'clean', reached: 'pushed' },
      text: {
        en: 'The token has left the house: it is still in a lower layer or in the history. What a step wrote, a later step only hides.',
        ko: '토큰이 밖으로 나갔습니다. 아래 레이어나 히스토리에 그대로 있습니다. 한 단계가 쓴 것을 뒤의 단계는 가릴 뿐입니다.',
      },
    },
    {
      when: { goal: 'user', reached: 'works' },
      text: {
        en: 'It works, as root. Which instruction says who runs it?',
        ko: '동작하지만 root로 실행됩니다. 누가 실행할지 정하는 명령어는 무엇일까요?',
      },
    },
    {
      when: { goal: 'light', reached: 'works' },
      text: {
        en: 'It works, and Node is still in it. Only the making needs Node: give the result a stage of its own.',
        ko: '동작하지만 Node가 아직 들어 있습니다. Node는 만들 때만 필요합니다. 결과를 담을 스테이지를 따로 두세요.',
      },
    },
    {
      when: { goal: 'works' },
      text: {
        en: 'There is no image `localhost:5000/safe` that prints the line yet. `docker run unsafe` shows it.',
        ko: '그 줄을 출력하는 `localhost:5000/safe` 이미지가 아직 없습니다. `docker run unsafe`로 확인하세요.',
      },
    },
    {
      when: { goal: 'pushed' },
      text: { en: 'The image is fine, and only here. Push it.', ko: '이미지는 괜찮지만 여기에만 있습니다. 올리세요.' },
    },
  ],
  solution: [
    lines(
      'FROM node:24-alpine AS build',
      'RUN --mount=type=secret,id=token echo $(node -p 6*7) $(sha256sum < /run/secrets/token) > /page.txt',
      'FROM alpine',
      'COPY --from=build /page.txt /',
      'USER 1000',
      'CMD ["cat", "/page.txt"]',
    ),
    'docker build -q --secret id=token,src=token.txt -t localhost:5000/safe safe',
    'docker push -q localhost:5000/safe',
  ],
  wrong: [
    lines(
      'FROM node:24-alpine AS build',
      'ARG TOKEN',
      'RUN echo $TOKEN > /token',
      'RUN echo $(node -p 6*7) $(sha256sum < /token) > /page.txt',
      'FROM alpine',
      'COPY --from=build /token /page.txt /',
      'RUN rm /token',
      'USER 1000',
      'CMD ["cat", "/page.txt"]',
    ),
    'docker build -q --build-arg TOKEN=tt4711 -t localhost:5000/safe safe',
    'docker push -q localhost:5000/safe',
  ],
};
