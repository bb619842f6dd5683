import type { Challenge } from '../../components/challenge/types.ts';

export const publishListen: Challenge = {
  id: 'publish-listen',
  lesson: 'publish',
  title: { en: 'a server that hears', ko: '들리는 서버' },
  task: {
    en: '`api` runs `httpd -f -p 127.0.0.1:80 -h /www` from `busybox`, with `-v ./ferry/web/site:/www:ro` and `-p 8090:80`. Nobody gets its page. Have an `api` that publishes port 8090, so that `probe` gets the page from the host, 192.168.50.10.',
    ko: '`api`는 `busybox` 이미지에 `-v ./ferry/web/site:/www:ro`와 `-p 8090:80`을 붙여 `httpd -f -p 127.0.0.1:80 -h /www`를 실행하고 있지만, 아무도 페이지를 받지 못합니다. 8090번 포트를 공개하는 `api`를 만들어 `probe`가 호스트 주소 192.168.50.10에서 페이지를 받게 하세요.',
  },
  start: 'images',
  images: ['busybox', 'alpine'],
  setup: [
    'docker run -d --name api -p 8090:80 -v ./ferry/web/site:/www:ro busybox httpd -f -p 127.0.0.1:80 -h /www',
    'docker run -d --name probe alpine sleep 900',
  ],
  goals: [
    {
      id: 'running',
      container: 'api',
      where: { 'State.Status': 'running' },
      text: { en: 'The container `api` is `running`', ko: '`api` 컨테이너의 상태가 `running`입니다' },
    },
    {
      id: 'published',
      list: 'containers',
      filters: { name: ['^/?api$'], publish: ['8090'] },
      atLeast: 1,
      text: { en: '`api` publishes port 8090 of the host', ko: '`api`가 호스트의 8090번 포트를 공개합니다' },
    },
    {
      id: 'answers',
      exec: ['probe', 'wget', '-q', '-O', '-', '-T', '3', 'http://192.168.50.10:8090'],
      exit: 0,
      prints: 'Ferry',
      text: { en: '`probe` gets the page from 192.168.50.10:8090', ko: '`probe`가 192.168.50.10:8090에서 페이지를 받습니다' },
    },
  ],
  hints: [
    {
      when: { goal: 'running', state: 'missing' },
      text: {
        en: 'There is no `api` now. Make it again, listening elsewhere.',
        ko: '지금은 `api`가 없습니다. 듣는 주소를 바꾸어 다시 만드세요.',
      },
    },
    {
      when: { goal: 'running', state: 'created' },
      text: {
        en: '`api` is Created: it could not be started. Is the port still taken? Remove it and make it again.',
        ko: '`api`가 Created 상태입니다. 시작하지 못했습니다. 포트를 다른 컨테이너가 쓰고 있나요? 삭제하고 다시 만드세요.',
      },
    },
    {
      when: { goal: 'running', state: 'exited' },
      text: { en: '`api` has exited. `docker logs api` says why.', ko: '`api`가 끝났습니다. 까닭은 `docker logs api`에 있습니다.' },
    },
    {
      when: { goal: 'published' },
      text: {
        en: '`api` runs, but publishes no port 8090. With `--network host` nothing is published; on a bridge `-p` does it.',
        ko: '`api`는 실행 중이지만 8090번 포트를 공개하지 않습니다. `--network host`에서는 아무것도 공개하지 않습니다. 브리지에서 `-p`로 공개하세요.',
      },
    },
    {
      when: { goal: 'answers' },
      text: {
        en: 'The port leads into `api`, and the call is reset. On which address does the server listen? `docker exec api netstat -ltn` shows it, and whether its port is the one on the right of `-p`.',
        ko: '포트는 `api`로 이어지는데 연결이 끊깁니다. 서버가 어느 주소에서 듣고 있나요? `docker exec api netstat -ltn`으로 보고, `-p`의 오른쪽 번호와 같은지도 확인하세요.',
      },
    },
  ],
  solution: ['docker rm -f api', 'docker run -d --name api -p 8090:80 -v ./ferry/web/site:/www:ro busybox httpd -f -p 80 -h /www'],
  wrong: ['docker rm -f api', 'docker run -d --name api --network host -v ./ferry/web/site:/www:ro busybox httpd -f -p 8090 -h /www'],
};
