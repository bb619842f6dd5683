/** What the section says, in both languages. */
import type { Language } from '../page/words.ts';
import type { SectionWords } from './draw.ts';
import type { SectionView } from './view-model.ts';

export const sectionWords: Readonly<
  Record<
    Language,
    SectionWords & { readonly between: (count: number) => string; readonly legend: readonly (readonly [string, string, string])[] }
  >
> = {
  en: {
    kernel: 'Linux kernel: one, for all of them',
    writable: 'writable layer',
    empty: 'Run the first line above.',
    noProcess: 'no process',
    more: (count) => `${count} more not drawn`,
    between: (count) => `${count} layers more`,
    name: 'Section through docker-host: the bridge above, containers on their layers, one kernel below',
    legend: [
      ['A', 'A process,', 'number 1 in its own view of the machine. The chain line is that view; there is no wall.'],
      ['B', 'Writable layer.', 'Yellow is what can change.'],
      ['C', 'Image layers,', 'read-only; whoever uses the same image stands on the same ones.'],
      ['D', 'Bridge.', 'Each running container hangs on it with a cable of its own.'],
      ['E', 'The kernel.', 'One ground for all.'],
    ],
  },
  ko: {
    kernel: '리눅스 커널: 모두에게 하나',
    writable: '쓰기 가능 레이어',
    empty: '위의 첫 줄을 실행해 보세요.',
    noProcess: '프로세스 없음',
    more: (count) => `그리지 않은 컨테이너 ${count}개`,
    between: (count) => `레이어 ${count}개`,
    name: 'docker-host의 단면: 위에 브리지, 레이어 위에 선 컨테이너, 아래에 커널 하나',
    legend: [
      ['A', '프로세스.', '자기가 보는 머신에서 1번입니다. 일점쇄선은 그 시야이고 벽이 아닙니다.'],
      ['B', '쓰기 가능 레이어.', '노란색은 바꿀 수 있는 것입니다.'],
      ['C', '이미지 레이어.', '읽기 전용입니다. 같은 이미지를 쓰면 같은 레이어 위에 섭니다.'],
      ['D', '브리지.', '실행 중인 컨테이너는 저마다 선 하나로 연결됩니다.'],
      ['E', '커널.', '모두가 딛는 하나의 바닥입니다.'],
    ],
  },
};

/** What is drawn before a machine runs. */
export const emptySection: SectionView = { gateway: '172.17.0.1/16', containers: [], more: 0 };
