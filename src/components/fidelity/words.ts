/** What the tables of the fidelity page say. */
export const fidelityWords = {
  en: {
    area: 'area',
    steps: 'recorded steps',
    equal: 'equal',
    all: 'all',
    none: 'No figures yet: the conformance tests write them.',
    sum: (equal: number, steps: number, docker: string) =>
      `${equal} of ${steps} recorded steps of Docker ${docker} come out the same to the letter.`,
    differences: 'What differs, and why',
    name: 'in Docker',
    what: 'here',
  },
  ko: {
    area: '영역',
    steps: '기록한 단계',
    equal: '같음',
    all: '전체',
    none: '아직 수치가 없습니다. 적합성 테스트가 기록합니다.',
    sum: (equal: number, steps: number, docker: string) =>
      `도커 ${docker}에서 기록한 ${steps}단계 가운데 ${equal}단계가 글자 하나까지 같습니다.`,
    differences: '다른 점과 이유',
    name: '도커에서',
    what: '여기서는',
  },
} as const;
