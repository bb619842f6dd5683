/** What the first page says, in both languages. */
export const landingWords = {
  en: {
    lead: 'A book in which every command works, and everything it did can be seen from underneath.',
    begin: 'Begin with “Who does the work”',
    fine: 'This runs in your browser: a model of Linux and Docker 29, checked against recordings of the real thing. No account, no server; it also works offline.',
    tryOne: 'Type in the terminal, or try:',
    caption: 'The containers of the machine above, as they are now. A chain line is a container: a view, not a wall.',
    lessons: 'Lessons',
  },
  ko: {
    lead: '모든 명령이 실제로 동작하고, 한 일을 아래에서 들여다볼 수 있는 책입니다.',
    begin: '‘일은 누가 하는가’부터 시작',
    fine: '브라우저 안에서 동작하는 리눅스와 도커 29의 모형이며, 진짜 도커를 기록한 것과 맞춰 확인합니다. 계정도 서버도 필요 없고 오프라인에서도 동작합니다.',
    tryOne: '터미널에 입력하거나 눌러 보세요.',
    caption: '위 머신에 지금 있는 컨테이너입니다. 일점쇄선이 컨테이너입니다. 벽이 아니라 시야입니다.',
    lessons: '레슨',
  },
} as const;

/** Lines that show in a minute what this is. */
export const openings: readonly string[] = ['docker run -d --name web -p 8080:80 nginx', 'curl localhost:8080', 'docker ps', 'docker exec web ps', 'docker rm -f web'];
