/** What the timeline says, in both languages. Docker's own words stay as they are. */
import type { Kind } from '../../lab/compare.ts';
import { type Language, languageOf } from '../page/words.ts';

const WORDS = {
  timeline: { en: 'Timeline', ko: '타임라인' },
  undo: { en: 'Undo', ko: '되돌리기' },
  redo: { en: 'Redo', ko: '다시 실행' },
  fork: { en: 'Fork', ko: '분기' },
  forkWhy: { en: 'Keep this state as a world, and go on', ko: '지금 상태를 세계로 남기고 계속하기' },
  share: { en: 'Share', ko: '공유' },
  link: { en: 'Copy a link', ko: '링크 복사' },
  file: { en: 'Save as a file', ko: '파일로 저장' },
  open: { en: 'Open a file', ko: '파일 열기' },
  differs: { en: 'My Docker differs', ko: '내 도커와 달라요' },
  byHand: {
    en: 'The clipboard is closed to this page. Copy the link from here:',
    ko: '이 페이지는 클립보드를 쓸 수 없습니다. 여기에서 링크를 복사하세요.',
  },
  copied: { en: 'The link is in the clipboard.', ko: '링크를 클립보드에 복사했습니다.' },
  partly: {
    en: 'The link is in the clipboard. Uploaded files are not part of it.',
    ko: '링크를 클립보드에 복사했습니다. 올린 파일은 들어 있지 않습니다.',
  },
  tooLong: {
    en: 'This session is too long for a link. Save it as a file instead.',
    ko: '링크로 만들기에는 세션이 너무 깁니다. 파일로 저장하세요.',
  },
  none: { en: 'Nothing was done yet. Each command becomes a step here.', ko: '아직 실행한 명령이 없습니다. 명령마다 한 단계가 됩니다.' },
  start: { en: 'Start', ko: '처음' },
  step: { en: 'Step', ko: '단계' },
  steps: { en: 'All steps', ko: '모든 단계' },
  here: { en: 'here', ko: '현재' },
  shown: { en: 'shown', ko: '보는 중' },
  undone: { en: 'undone', ko: '되돌림' },
  goHere: { en: 'Go here', ko: '여기로 가기' },
  worlds: { en: 'Other worlds', ko: '다른 세계' },
  left: { en: 'left behind at', ko: '되돌리고 다르게 한 지점' },
  enter: { en: 'Go there', ko: '그리로 가기' },
  compare: { en: 'Compare', ko: '비교' },
  forget: { en: 'Forget', ko: '지우기' },
  present: { en: 'The present', ko: '지금 세계' },
  alike: { en: 'Both worlds have the same.', ko: '두 세계가 같습니다.' },
  onlyHere: { en: 'Here', ko: '여기' },
  onlyThere: { en: 'There', ko: '거기' },
  thing: { en: 'What', ko: '무엇' },
  missing: { en: 'is not there', ko: '없음' },
  agreeTitle: { en: 'A session was shared with you', ko: '공유받은 세션' },
  agree: {
    en: 'If you run it, the machine in this page does what is listed here. It stays in this page: nothing of it can reach your computer or the network. Your own session is kept.',
    ko: '실행하면 이 페이지의 머신이 아래 명령을 그대로 수행합니다. 모두 이 페이지 안에서만 일어나며 내 컴퓨터나 네트워크에는 닿지 않습니다. 내 세션은 그대로 남습니다.',
  },
  commands: { en: 'Commands', ko: '명령' },
  images: { en: 'Images at the start', ko: '처음부터 있는 이미지' },
  files: { en: 'Files at the start', ko: '처음부터 있는 파일' },
  version: { en: 'Made with engine', ko: '만든 엔진 버전' },
  runIt: { en: 'Run it', ko: '실행' },
  cancel: { en: 'Cancel', ko: '취소' },
  tooBig: { en: 'This is larger than a session may be.', ko: '세션이라기에는 너무 큽니다.' },
  tooMuch: { en: 'This session does more than may be played here.', ko: '여기서 재생할 수 있는 양을 넘는 세션입니다.' },
  newer: {
    en: 'This session was made by a newer Drydock. Reload the page for an update.',
    ko: '더 새로운 Drydock에서 만든 세션입니다. 페이지를 새로 고쳐 업데이트하세요.',
  },
  notAJournal: { en: 'This is no session of Drydock, or a damaged one.', ko: 'Drydock 세션이 아니거나 손상된 파일입니다.' },
} as const;

export type TimelineWord = keyof typeof WORDS;

export const timelineWordIn = (name: TimelineWord, language: Language): string => WORDS[name][language];
export const timelineWord = (name: TimelineWord): string => timelineWordIn(name, languageOf(document.documentElement.lang));

const KINDS: Readonly<Record<Kind, Readonly<Record<Language, string>>>> = {
  container: { en: 'container', ko: '컨테이너' },
  image: { en: 'image', ko: '이미지' },
  volume: { en: 'volume', ko: '볼륨' },
  network: { en: 'network', ko: '네트워크' },
  file: { en: 'file', ko: '파일' },
};

/** So many files. */
export const filesWord = (count: number): string =>
  languageOf(document.documentElement.lang) === 'ko' ? `파일 ${count}개` : `${count} files`;

export const kindWord = (kind: Kind, language: Language): string => KINDS[kind][language];
