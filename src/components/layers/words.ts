/** What `<Layers>` says itself. */

import { sizeText } from '../page/size.ts';
import type { Language } from '../page/words.ts';
import { type Change, changesOf, hiddenBytes, type Stack, totalsOf } from './view-model.ts';

const en = {
  name: 'Layers',
  choose: 'Container or image',
  nothing: 'No image yet. Pull or build one, and its layers stand here.',
  gone: (name: string) => `${name} is not there yet.`,
  drop: 'Open an image archive',
  opening: (name: string) => `Opening ${name} …`,
  backTo: (name: string) => `Back to ${name}`,
  tooLarge: 'more than 512 MB',
  writable: 'writable layer',
  ofContainer: (name: string) => `of container ${name}, goes with it`,
  shared: (names: string) => `shared with ${names}`,
  only: (name: string) => `${name} only`,
  unknown: 'layer',
  more: (count: number) => `${count} more stand on the same layers`,
  stack: 'Layers, top first',
  above: 'Seen from above',
  thisLayer: 'What this layer does',
  nothingDone: 'Nothing yet: it says nothing about the layers below.',
  whiteout: 'whiteout',
  copied: 'copied up',
  up: 'Up one folder',
  versions: (path: string) => `${path} in each layer`,
  back: 'Back',
  hidden: (size: string) => `${size} hidden, and still on the disk`,
  onDisk: 'on the disk',
  sum: 'sum of the stacks',
  hiddenLabel: 'hidden, still kept',
  binary: 'Not a text.',
  tooLong: 'Too long to compare here.',
  same: 'The same bytes.',
  madeBy: 'made by',
  changes: { A: 'added', C: 'changed: copied up whole', D: 'deleted: hidden by a whiteout' } as Readonly<Record<Change, string>>,
};
export type LayersWords = typeof en;

const ko: LayersWords = {
  name: '레이어',
  choose: '컨테이너 또는 이미지',
  nothing: '아직 이미지가 없습니다. 이미지를 내려받거나 빌드하면 레이어가 여기에 쌓입니다.',
  gone: (name) => `${name}: 아직 없습니다.`,
  drop: '이미지 파일 열기',
  opening: (name) => `${name} 여는 중 …`,
  backTo: (name) => `돌아가기: ${name}`,
  tooLarge: '512MB를 넘습니다',
  writable: '쓰기 가능 레이어',
  ofContainer: (name) => `${name} 컨테이너의 것, 함께 사라짐`,
  shared: (names) => `${names} 이미지도 함께 씀`,
  only: (name) => `${name}에만 있음`,
  unknown: '레이어',
  more: (count) => `같은 레이어 위에 ${count}개 더 있음`,
  stack: '레이어, 위에서부터',
  above: '위에서 본 모습',
  thisLayer: '이 레이어가 한 일',
  nothingDone: '아직 없습니다. 아래 레이어를 하나도 바꾸지 않았습니다.',
  whiteout: '화이트아웃',
  copied: '통째로 복사됨',
  up: '상위 폴더',
  versions: (path) => `레이어마다의 ${path}`,
  back: '뒤로',
  hidden: (size) => `${size} 가려졌지만 디스크에 남음`,
  onDisk: '디스크 사용',
  sum: '더미마다 더한 값',
  hiddenLabel: '가려진 채 남음',
  binary: '텍스트가 아닙니다.',
  tooLong: '여기서 비교하기에는 너무 깁니다.',
  same: '내용이 같습니다.',
  madeBy: '만든 명령:',
  changes: { A: '추가', C: '변경, 통째로 복사됨', D: '삭제, 화이트아웃으로 가려짐' },
};
export const layersWords = { en, ko };

/** The text twin: a sentence for each layer from the ground up, and the sums. */
export function layersInWords(stacks: readonly Stack[], language: Language): readonly string[] {
  const words = layersWords[language];
  const told = stacks.flatMap(({ name, layers }) => {
    const hidden = hiddenBytes(layers);
    return layers.map((layer, index) => {
      const done = changesOf(layers, index);
      const count = (change: Change): string => `${done.filter((one) => one.change === change).length} ${words.changes[change]}`;
      const title = layer.kind === 'writable' ? words.writable : layer.madeBy || words.unknown;
      const kept = hidden[index] ? `, ${words.hidden(sizeText(hidden[index] ?? 0))}` : '';
      return `${name} ${index + 1}: ${title}, ${sizeText(layer.sizeBytes)}${kept} (${(['A', 'C', 'D'] as const).map(count).join(', ')})`;
    });
  });
  const { onDiskBytes, hiddenBytes: lost } = totalsOf(stacks);
  return [...told, `${words.onDisk} ${sizeText(onDiskBytes)}, ${words.hiddenLabel} ${sizeText(lost)}`];
}
