/** How the pane words what went wrong: as a browser does, which is what the reader will see on her own machine. */
import type { Language } from '../page/words.ts';
import type { FailureCode } from './fetcher.ts';

const FAILURES: Readonly<Record<FailureCode, Readonly<Record<Language, (host: string) => string>>>> = {
  ERR_CONNECTION_REFUSED: {
    en: (host) => `${host} refused to connect.`,
    ko: (host) => `${host}에서 연결을 거부했습니다.`,
  },
  ERR_CONNECTION_RESET: { en: () => 'The connection was reset.', ko: () => '연결이 재설정되었습니다.' },
  ERR_EMPTY_RESPONSE: { en: (host) => `${host} didn’t send any data.`, ko: (host) => `${host}에서 보낸 데이터가 없습니다.` },
  ERR_NAME_NOT_RESOLVED: {
    en: (host) => `This browser stands on the machine’s host and reaches http://localhost only, not ${host}.`,
    ko: (host) => `이 브라우저는 머신의 호스트에 있어서 http://localhost에만 연결합니다. ${host}에는 연결할 수 없습니다.`,
  },
  ERR_TOO_MANY_REDIRECTS: {
    en: (host) => `${host} redirected you too many times.`,
    ko: (host) => `${host}에서 리디렉션한 횟수가 너무 많습니다.`,
  },
  ERR_RESPONSE_TOO_BIG: { en: (host) => `${host} sent more than this page shows.`, ko: (host) => `${host}에서 보낸 응답이 너무 큽니다.` },
  ERR_BLOCKED: { en: () => 'The page tried to leave the machine.', ko: () => '페이지가 머신 밖으로 나가려고 했습니다.' },
};

export const failureWords = (code: FailureCode, host: string, language: Language): string => FAILURES[code][language](host);
