/** What `<BuildCache>` says itself. Docker's own words (CACHED, DONE) are left as they are. */
import type { Why } from './view-model.ts';

const en = {
  name: 'Build cache',
  nothing: 'No build yet. Run `docker build`, and its steps stand here.',
  builds: 'Builds, newest first',
  build: (number: number, hits: number, all: number) => `build ${number}: ${hits} of ${all} CACHED`,
  why: {
    hit: '',
    first: 'It was never run before.',
    line: 'First miss: this line is new, or has changed.',
    files: 'First miss: the files that it copies have changed.',
    gone: 'First miss: its result is no longer in the cache, or the cache was not asked.',
    parent: 'Its parent is new, so it runs.',
    failed: 'It failed.',
  } as Readonly<Record<Why, string>>,
  ifChanged: 'If this changes',
  again: (count: number) => `${count} step${count === 1 ? '' : 's'} would run again.`,
  choose: 'Choose a step to see what its next change would cost; move it to see what another order would.',
  up: 'Earlier',
  down: 'Later',
  asItWas: 'As it was',
  moved: 'Another order: to be sure, change the Dockerfile and build.',
  stage: (name: string) => `stage ${name}`,
  records: 'Records of the build cache',
  size: 'SIZE',
  wave: 'would run again',
};
export type BuildCacheWords = typeof en;

const ko: BuildCacheWords = {
  name: '빌드 캐시',
  nothing: '아직 빌드가 없습니다. docker build를 실행하면 단계가 여기에 나타납니다.',
  builds: '빌드, 최근 것부터',
  build: (number, hits, all) => `빌드 ${number}: ${all}단계 중 ${hits}단계 CACHED`,
  why: {
    hit: '',
    first: '처음 실행한 단계입니다.',
    line: '첫 어긋남: 이 줄이 새로 생겼거나 바뀌었습니다.',
    files: '첫 어긋남: 복사하는 파일이 바뀌었습니다.',
    gone: '첫 어긋남: 결과가 캐시에 없거나 캐시를 쓰지 않았습니다.',
    parent: '바로 앞 단계가 새로 실행되어 함께 실행됩니다.',
    failed: '실패했습니다.',
  },
  ifChanged: '이 단계가 바뀌면',
  again: (count) => `${count}단계를 다시 실행합니다.`,
  choose: '단계를 고르면 다음에 바뀔 때의 비용이 보입니다. 옮기면 다른 순서의 비용이 보입니다.',
  up: '앞으로',
  down: '뒤로',
  asItWas: '원래대로',
  moved: '바꾼 순서입니다. Dockerfile을 고쳐 빌드하면 확인할 수 있습니다.',
  stage: (name) => `${name} 단계`,
  records: '빌드 캐시 기록',
  size: 'SIZE',
  wave: '다시 실행',
};
export const buildCacheWords = { en, ko };
