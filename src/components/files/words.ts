/** What the file pane says, in both languages. */
import { type Language, languageOf } from '../page/words.ts';

const WORDS = {
  files: { en: 'Files', ko: '파일' },
  of: { en: 'Files of', ko: '파일 위치' },
  host: { en: 'the host (docker-host)', ko: '호스트(docker-host)' },
  open: { en: 'Open the files', ko: '파일 열기' },
  name: { en: 'File name', ko: '파일 이름' },
  newFile: { en: 'New file', ko: '새 파일' },
  ready: {
    en: 'Open the files to write a Dockerfile or to carry files in and out.',
    ko: '파일을 열어 Dockerfile을 쓰거나 파일을 넣고 꺼낼 수 있습니다.',
  },
  create: { en: 'Create', ko: '만들기' },
  save: { en: 'Save', ko: '저장' },
  saved: { en: 'Saved.', ko: '저장했습니다.' },
  unsaved: { en: 'Not saved yet', ko: '아직 저장하지 않음' },
  remove: { en: 'Delete', ko: '삭제' },
  upload: { en: 'Upload', ko: '올리기' },
  download: { en: 'Download', ko: '내려받기' },
  drop: { en: 'Drop files here to copy them to', ko: '여기에 파일을 놓으면 복사합니다. 대상은' },
  copied: { en: 'Copied:', ko: '복사했습니다.' },
  path: { en: 'Path in the container', ko: '컨테이너 안의 경로' },
  get: { en: 'Copy out', ko: '꺼내기' },
  empty: { en: 'No file yet.', ko: '아직 파일이 없습니다.' },
  text: { en: 'Text of', ko: '내용' },
  binary: { en: 'This is no text. It can be downloaded.', ko: '텍스트 파일이 아닙니다. 내려받을 수 있습니다.' },
  unreadable: {
    en: 'This cannot be read. Folders are carried over file by file.',
    ko: '읽을 수 없습니다. 폴더는 파일을 하나씩 옮겨 주세요.',
  },
  tooBig: { en: 'This file is too large: at most 8 MB.', ko: '파일이 너무 큽니다. 최대 8MB입니다.' },
  off: { en: 'The machine is off. Open the files to start it.', ko: '머신이 꺼져 있습니다. 파일을 열면 켜집니다.' },
  noEngine: {
    en: 'The Docker Engine does not answer; the files come back with it.',
    ko: '도커 엔진이 응답하지 않습니다. 엔진이 켜지면 파일도 보입니다.',
  },
} as const;

export type FilesWord = keyof typeof WORDS;

export const filesWordIn = (name: FilesWord, language: Language): string => WORDS[name][language];
export const filesWord = (name: FilesWord): string => filesWordIn(name, languageOf(document.documentElement.lang));
