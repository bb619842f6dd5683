/** What `<Provenance>` says itself. */
import type { ThingKind } from './view-model.ts';

const en = {
  name: 'What made what',
  nothing: 'Nothing has been done yet.',
  nothingMade: 'nothing that lasts',
  typed: 'What was typed',
  did: 'What it did',
  untold: 'This engine does not tell why things happened.',
  kinds: { request: 'API calls', event: 'events', layer: 'layers', link: 'interfaces', rule: 'rules' } as Readonly<
    Record<ThingKind, string>
  >,
};
export type ProvenanceWords = typeof en;
const ko: ProvenanceWords = {
  name: '무엇이 무엇을 만들었나',
  nothing: '아직 한 일이 없습니다.',
  nothingMade: '남은 것 없음',
  typed: '입력한 명령',
  did: '명령이 한 일',
  untold: '이 엔진은 이유를 알려 주지 않습니다.',
  kinds: { request: 'API 요청', event: '이벤트', layer: '레이어', link: '인터페이스', rule: '규칙' },
};
export const provenanceWords = { en, ko };
