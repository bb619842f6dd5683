/** What the section shows: the containers of a machine and the layers that they stand on. Picture and text twin are drawn from it. */
import type { ContainerSummary, ImageHistory, ImageInspect, Top } from '../page/docker.ts';

export interface Plate {
  /** Equal for two containers that stand on the same layers up to here. */
  readonly chain: string;
  readonly label: string;
}

export interface SectionContainer {
  readonly name: string;
  readonly image: string;
  readonly state: string;
  readonly address: string;
  /** The command of its first process; null if it has none. */
  readonly process: string | null;
  readonly port: { readonly host: number; readonly inside: number } | null;
  /** The lowest first. */
  readonly plates: readonly Plate[];
}

export interface SectionView {
  readonly gateway: string;
  readonly containers: readonly SectionContainer[];
  /** How many there are that are not drawn. */
  readonly more: number;
}

/** A layer's instruction as an author wrote it. */
export const instruction = (createdBy: string): string =>
  createdBy
    .replace(/\s+# buildkit$/, '')
    .replace(/^\/bin\/sh -c #\(nop\)\s+/, '')
    .replace(/^RUN \/bin\/sh -c\s+/, 'RUN ')
    .replace(/^\/bin\/sh -c\s+/, 'RUN ');

const MOST_PLATES = 4;

/** The plates of an image: its lowest layer, its highest, and what lies between as one when there are many. */
export function platesOf(image: ImageInspect | null, history: readonly ImageHistory[], words: (count: number) => string): readonly Plate[] {
  const layers = image?.RootFS.Layers ?? [];
  const made = [...history].reverse().filter(({ Size }) => Size > 0);
  const all = layers.map((_, index) => ({ chain: layers.slice(0, index + 1).join(' '), label: instruction(made[index]?.CreatedBy ?? '') }));
  const [lowest, highest, last] = [all[0], all.at(-1), all.at(-2)];
  if (all.length <= MOST_PLATES || !lowest || !highest || !last) return all;
  return [lowest, { chain: last.chain, label: words(all.length - 2) }, highest];
}

export interface Parts {
  readonly summary: ContainerSummary;
  readonly image: ImageInspect | null;
  readonly history: readonly ImageHistory[];
  readonly top: Top | null;
}

export function sectionContainer({ summary, image, history, top }: Parts, words: (count: number) => string): SectionContainer {
  const published = summary.Ports?.find(({ PublicPort }) => PublicPort !== undefined);
  const command = top?.Processes[0]?.[top.Titles.indexOf('CMD')] ?? null;
  return {
    name: (summary.Names[0] ?? '').replace(/^\//, ''),
    image: summary.Image,
    state: summary.State,
    address: summary.NetworkSettings?.Networks.bridge?.IPAddress ?? '',
    process: command,
    port: published?.PublicPort === undefined ? null : { host: published.PublicPort, inside: published.PrivatePort },
    plates: platesOf(image, history, words),
  };
}

/** The text twin: a sentence for each container. */
export function sectionInWords({ containers, gateway }: SectionView, language: 'en' | 'ko'): readonly string[] {
  if (containers.length === 0)
    return [
      language === 'ko'
        ? `브리지 docker0(${gateway})에 연결된 컨테이너가 없습니다.`
        : `No container hangs on the bridge docker0 (${gateway}).`,
    ];
  return containers.map(({ name, image, state, process, port, plates, address }) => {
    if (language === 'ko')
      return `${name}: 상태 ${state}, 이미지 ${image}의 레이어 위에 쓰기 가능 레이어 하나.${process ? ` 1번 프로세스는 ${process}.` : ' 프로세스가 없습니다.'}${address ? ` 주소는 ${address}.` : ''}${port ? ` 호스트의 ${port.host}번 포트가 ${port.inside}번 포트로 이어집니다.` : ''} 그려진 판은 ${plates.length}장.`;
    return `${name}: ${state}, one writable layer on ${plates.length} plates of ${image}.${process ? ` Its process 1 is ${process}.` : ' It has no process.'}${address ? ` Its address is ${address}.` : ''}${port ? ` Port ${port.host} of the host leads to its port ${port.inside}.` : ''}`;
  });
}
