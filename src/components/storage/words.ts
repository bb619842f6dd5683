/** What `<Storage>` says itself. */
const en = {
  name: 'Storage',
  nothing: 'No container and no volume yet.',
  places: 'where the bytes are',
  kinds: { writable: 'writable layer', volume: 'volume', bind: 'bind mount, host folder', tmpfs: 'tmpfs, in memory' },
  anonymous: 'anonymous volume',
  after: 'After',
  stays: 'stays',
  gone: 'gone',
  survival: 'What survives',
  picture: 'Paths of containers and where their bytes are',
  memory: 'memory of the host',
  leads: (container: string, path: string, place: string) => `${container} ${path} leads to ${place}.`,
  survives: (place: string, verbs: string) => `${place} survives ${verbs}.`,
  survivesNothing: (place: string) => `${place} survives nothing.`,
  readOnly: 'ro',
  files: (place: string) => `Files: ${place}`,
  empty: 'Nothing is there.',
  untold: 'This Engine does not tell its files.',
};
export type StorageWords = typeof en;

const ko: StorageWords = {
  name: '저장소',
  nothing: '아직 컨테이너도 볼륨도 없습니다.',
  places: '바이트가 있는 곳',
  kinds: { writable: '쓰기 가능 레이어', volume: '볼륨', bind: '바인드 마운트, 호스트 폴더', tmpfs: 'tmpfs, 메모리' },
  anonymous: '익명 볼륨',
  after: '다음 뒤에',
  stays: '남음',
  gone: '사라짐',
  survival: '무엇이 남는가',
  picture: '컨테이너의 경로와 바이트가 있는 곳',
  memory: '호스트의 메모리',
  leads: (container, path, place) => `${container} ${path} 경로의 바이트는 ${place}에 있습니다.`,
  survives: (place, verbs) => `${place}: ${verbs} 뒤에도 남습니다.`,
  survivesNothing: (place) => `${place}: 어느 경우에도 남지 않습니다.`,
  readOnly: 'ro',
  files: (place) => `파일: ${place}`,
  empty: '아무것도 없습니다.',
  untold: '이 엔진은 그 안의 파일을 알려 주지 않습니다.',
};
export const storageWords = { en, ko };
