/** What the first page says, in both languages. */
export const landingWords = {
  en: {
    title: ['Docker, out', 'of the water.'],
    lead: 'A book in which every command works, and everything it did can be seen from underneath.',
    begin: 'Begin with “Your first container”',
    lab: 'Open the lab',
    tryOne: 'Type, or press a line:',
    fine: 'This runs in your browser: a model of Linux and Docker 29, checked against recordings of the real thing. No account, no server; it also works offline.',
    three: [
      [
        'Break it.',
        'The machine on a page is yours alone. Stop the daemon, kill process 1, remove everything: Reset gives you a fresh one.',
      ],
      [
        'Look underneath.',
        'Each request that a command made, each process that it started, each layer it stands on: beside the terminal, as it happens.',
      ],
      [
        'Check yourself.',
        'Every lesson ends with tasks on a live machine. What counts is the state that you bring it to, not the words you type.',
      ],
    ],
    lessons: (count: number) => `The ${count} lessons`,
  },
  ko: {
    title: ['물 밖으로 나온', '도커'],
    lead: '모든 명령이 실제로 동작하고, 한 일을 아래에서 들여다볼 수 있는 책입니다.',
    begin: '‘첫 컨테이너’부터 시작',
    lab: '실습실 열기',
    tryOne: '입력하거나 눌러 보세요.',
    fine: '브라우저 안에서 동작하는 리눅스와 도커 29의 모형이며, 진짜 도커를 기록한 것과 맞춰 확인합니다. 계정도 서버도 필요 없고 오프라인에서도 동작합니다.',
    three: [
      [
        '망가뜨려 보세요.',
        '페이지의 머신은 혼자만의 것입니다. 데몬을 중지하고, 1번 프로세스를 죽이고, 모두 삭제해도 초기화하면 새 머신이 됩니다.',
      ],
      ['아래를 들여다보세요.', '명령이 보낸 요청, 시작한 프로세스, 딛고 선 레이어를 터미널 옆에서 바로 볼 수 있습니다.'],
      ['스스로 확인하세요.', '레슨마다 살아 있는 머신에서 푸는 과제가 있습니다. 입력한 글자가 아니라 머신의 상태로 확인합니다.'],
    ],
    lessons: (count: number) => `레슨 ${count}개`,
  },
} as const;

/** Lines that show in a minute what this is. */
export const openings: readonly [string, ...string[]] = [
  'docker run -d --name web -p 8080:80 nginx',
  'curl localhost:8080',
  'docker ps',
  'docker top web',
  'docker rm -f web',
];
