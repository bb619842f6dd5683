import { type Language, languageOf, TOUCH_WORDS } from './touch-words.ts';

export { type Language, languageOf } from './touch-words.ts';

/** The few words that components say themselves, in both languages. Docker's own words are never translated. */
const WORDS = {
  ...TOUCH_WORDS,
  site: { en: 'Site', ko: '사이트' },
  lessons: { en: 'Lessons', ko: '레슨' },
  lab: { en: 'Lab', ko: '실습실' },
  fidelity: { en: 'Fidelity', ko: '충실도' },
  theme: { en: 'Switch between light and dark', ko: '밝은 화면과 어두운 화면 바꾸기' },
  fromHere: { en: 'Run from here', ko: '여기서부터 실행' },
  copy: { en: 'Copy the command', ko: '명령 복사' },
  example: { en: 'Example', ko: '예제' },
  terminal: { en: 'Terminal', ko: '터미널' },
  openTerminal: { en: 'Open the terminal', ko: '터미널 열기' },
  pressHere: {
    en: 'Press here, and type a command. The machine is switched on when it is needed.',
    ko: '여기를 누르고 명령을 입력하세요. 머신은 필요할 때 켜집니다.',
  },
  commandLine: { en: 'Command line of docker-host', ko: 'docker-host의 명령줄' },
  live: { en: 'live', ko: '실행 중' },
  reset: { en: 'Reset', ko: '초기화' },
  resetQuestion: {
    en: 'Start afresh? Everything on this page’s machine will be gone.',
    ko: '처음부터 시작할까요? 이 페이지의 머신에 있는 것은 모두 사라집니다.',
  },
  underneath: { en: 'Underneath', ko: '그 아래에서는' },
  inWords: { en: 'In words', ko: '글로 보기' },
  processes: { en: 'Processes', ko: '프로세스' },
  noContainers: {
    en: 'No container yet. Run one above, and it appears here.',
    ko: '아직 컨테이너가 없습니다. 위에서 실행하면 여기에 나타납니다.',
  },
  machineOff: { en: 'The machine is off. It starts with the first command.', ko: '머신이 꺼져 있습니다. 첫 명령과 함께 켜집니다.' },
  predict: { en: 'Predict', ko: '예상하기' },
  runAndSee: { en: 'Run and see', ko: '실행해서 확인' },
  kept: { en: 'Your answer is kept until the output is there.', ko: '출력이 나올 때까지 답을 간직합니다.' },
  check: { en: 'Check', ko: '확인' },
  begin: { en: 'Begin', ko: '시작' },
  lookNow: { en: 'Look again', ko: '다시 확인' },
  solution: { en: 'Show a solution', ko: '풀이 보기' },
  startAgain: { en: 'Start again', ko: '다시 시작' },
  solved: { en: 'Solved.', ko: '해결했습니다.' },
  goals: { en: 'goals', ko: '목표' },
  requests: { en: 'API requests', ko: 'API 요청' },
  noRequests: { en: 'No request yet.', ko: '아직 요청이 없습니다.' },
  starting: { en: 'Starting the machine', ko: '머신을 켜는 중' },
  restoring: { en: 'Restoring', ko: '되살리는 중' },
  unsaved: {
    en: 'Not saved: this browser keeps no more data. Go on, but a reload loses it.',
    ko: '저장되지 않았습니다. 브라우저에 남은 공간이 없습니다. 계속할 수 있지만 새로 고치면 사라집니다.',
  },
  failed: {
    en: 'The machine stopped because of a bug in Drydock. Reset starts a fresh one.',
    ko: 'Drydock의 오류로 머신이 멈췄습니다. 초기화하면 새로 시작합니다.',
  },
  hung: {
    en: 'The machine stopped answering, twice. Reset starts a fresh one.',
    ko: '머신이 두 번이나 응답하지 않았습니다. 초기화하면 새로 시작합니다.',
  },
  elsewhere: {
    en: 'This lesson’s machine is in use in another tab.',
    ko: '이 레슨의 머신을 다른 탭에서 쓰고 있습니다.',
  },
  useHere: { en: 'Use it here', ko: '여기서 쓰기' },
  past: {
    en: 'You are looking at how it was. Type, and you go on from there.',
    ko: '지나간 상태를 보고 있습니다. 입력하면 거기서부터 이어집니다.',
  },
  backToNow: { en: 'Back to now', ko: '지금으로 돌아가기' },
  asks: {
    en: 'This page’s machine did not come back the last times. Its last command may be why.',
    ko: '이 페이지의 머신이 지난번에 되살아나지 못했습니다. 마지막 명령 때문일 수 있습니다.',
  },
  allButLast: { en: 'Restore without it', ko: '그 명령 없이 되살리기' },
  all: { en: 'Restore all', ko: '모두 되살리기' },
  leftOut: {
    en: 'The machine stopped answering, so its last command was taken back. Redo runs it again:',
    ko: '머신이 응답하지 않아 마지막 명령을 되돌렸습니다. 다시 하려면 다시 실행을 누르세요.',
  },
  snapshot: {
    en: 'A newer Drydock plays this session differently. Your images and files are here; containers, volumes and networks are not.',
    ko: '새 Drydock에서는 이 세션이 다르게 진행됩니다. 이미지와 파일은 그대로이지만 컨테이너, 볼륨, 네트워크는 없습니다.',
  },
  notAJournal: { en: 'This is no session of Drydock, or a damaged one.', ko: 'Drydock 세션이 아니거나 손상된 파일입니다.' },
  visiting: { en: 'This is a session that was shared with you. Your own is kept.', ko: '공유받은 세션입니다. 내 세션은 그대로 있습니다.' },
  backToMine: { en: 'Back to mine', ko: '내 세션으로' },
  dismiss: { en: 'OK', ko: '확인' },
  browser: { en: 'Browser', ko: '브라우저' },
  openPage: { en: 'Open', ko: '열기' },
  back: { en: 'Back', ko: '뒤로' },
  forward: { en: 'Forward', ko: '앞으로' },
  reload: { en: 'Reload', ko: '새로 고침' },
  address: { en: 'Address', ko: '주소' },
  nothingOpen: {
    en: 'A browser on the machine’s host. Publish a port, and open it here.',
    ko: '머신의 호스트에 있는 브라우저입니다. 포트를 게시하고 여기서 열어 보세요.',
  },
  loading: { en: 'Loading', ko: '불러오는 중' },
  save: { en: 'Save', ko: '저장' },
  cannotReach: { en: 'This site can’t be reached', ko: '사이트에 연결할 수 없습니다' },
} as const;

export type Word = keyof typeof WORDS;

/** The word in that language. */
export const word = (name: Word, language: Language): string => WORDS[name][language];

/** In the page's own language. */
export const pageWord = (name: Word): string => word(name, languageOf(document.documentElement.lang));
