import type { ImageSummary } from '../../api-types/index.ts';
import { humanDuration } from './human.ts';
import type { ListFormat } from './list.ts';
import { truncateId } from './text.ts';
import { showTime } from './time.ts';
import { humanSize } from './units.ts';

/** One line of the old table: an image under one of its names. */
export interface ImageRow {
  readonly image: ImageSummary;
  readonly repository: string;
  readonly tag: string;
  readonly digest: string;
}

const NONE = '<none>';
const HEADS = {
  ID: 'IMAGE ID',
  Repository: 'REPOSITORY',
  Tag: 'TAG',
  Digest: 'DIGEST',
  CreatedSince: 'CREATED',
  CreatedAt: 'CREATED AT',
  Size: 'SIZE',
  Containers: 'CONTAINERS',
  SharedSize: 'SHARED SIZE',
  UniqueSize: 'UNIQUE SIZE',
};

/** The rows of `docker images` in the form with a line for each name and tag. */
export function IMAGES(options: { nowNs: bigint; truncate: boolean; digests: boolean }): ListFormat<ImageRow> {
  return {
    type: '*formatter.imageContext',
    table: `{{.Repository}}\t{{.Tag}}\t${options.digests ? '{{.Digest}}\t' : ''}{{.ID}}\t{{.CreatedSince}}\t{{.Size}}`,
    quiet: '{{.ID}}',
    raw: `repository: {{ .Repository }}\ntag: {{.Tag}}\n${options.digests ? 'digest: {{.Digest}}\n' : ''}image_id: {{.ID}}\ncreated_at: {{.CreatedAt}}\nvirtual_size: {{.Size}}\n`,
    rawQuiet: 'image_id: {{.ID}}',
    heads: HEADS,
    columns: {
      ID: ({ image }) => (options.truncate ? truncateId(image.Id) : image.Id),
      Repository: (row) => row.repository,
      Tag: (row) => row.tag,
      Digest: (row) => row.digest,
      CreatedSince: ({ image }) => `${humanDuration(Number(options.nowNs) - image.Created * 1e9)} ago`,
      CreatedAt: ({ image }) => showTime(image.Created),
      Size: ({ image }) => humanSize(image.Size, 3),
      Containers: ({ image }) => (image.Containers === -1 ? 'N/A' : String(image.Containers)),
      SharedSize: ({ image }) => (image.SharedSize === -1 ? 'N/A' : humanSize(image.SharedSize)),
      UniqueSize: ({ image }) => (image.SharedSize === -1 ? 'N/A' : humanSize(image.Size - image.SharedSize)),
    },
  };
}

/** Whether digests are shown at all, and whether the table has a column for them. */
interface Digests {
  readonly digests: boolean;
  readonly column?: boolean;
}

/** Each image under each of its names. A repository that is known by a digest alone has a line without a tag. */
export function imageRows(images: readonly ImageSummary[], options: Digests): readonly ImageRow[] {
  return images.flatMap((image) => rowsOf(image, options));
}

export const isDangling = ({ RepoTags, RepoDigests }: ImageSummary): boolean =>
  (RepoTags ?? []).length === 0 && (RepoDigests ?? []).every((digest) => digest.startsWith('moby-dangling@'));

function rowsOf(image: ImageSummary, options: Digests): readonly ImageRow[] {
  if (isDangling(image)) return [{ image, repository: NONE, tag: NONE, digest: NONE }];
  const tags = (image.RepoTags ?? []).filter((name) => !name.includes('@')).map(splitTag);
  const digests = (image.RepoDigests ?? []).map((name) => ({ repository: name.split('@')[0] ?? '', digest: name.split('@')[1] ?? '' }));
  const tagged = tags.flatMap(({ repository, tag }) => {
    const own = options.digests ? digests.filter((one) => one.repository === repository) : [];
    return own.length === 0 ? [{ image, repository, tag, digest: NONE }] : own.map(({ digest }) => ({ image, repository, tag, digest }));
  });
  const alone = digests.filter(({ repository }) => !tags.some((one) => one.repository === repository));
  return [...tagged, ...alone.map(({ repository, digest }) => ({ image, repository, tag: NONE, digest: options.column ? digest : '' }))];
}

export function splitTag(name: string): { repository: string; tag: string } {
  const colon = name.lastIndexOf(':');
  return colon > name.lastIndexOf('/') ? { repository: name.slice(0, colon), tag: name.slice(colon + 1) } : { repository: name, tag: NONE };
}
