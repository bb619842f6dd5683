/** The build cache as a list, and what of it goes: `docker buildx du` and `prune`. Upstream: buildkit cache/manager.go. */
import type { BuildCacheRecord } from '../../engine/api-types/index.ts';
import { fits, isMutable } from '../../engine/cli/build/cache-records.ts';
import { filterQuery } from '../../engine/cli/client/filters.ts';
import { parseTimeNs } from '../../engine/cli/formatter/time.ts';
import type { Engine } from './engine.ts';
import { type Methods, serverStream, unary } from './grpc/server.ts';
import { Code, GrpcError } from './grpc/status.ts';
import { DISK_USAGE_REQUEST, DISK_USAGE_RESPONSE, PRUNE_REQUEST, USAGE_RECORD, type UsageRecord } from './messages/control.ts';

const SERVICE = '/moby.buildkit.v1.Control';

export function cacheMethods(engine: Engine): Methods {
  return {
    [`${SERVICE}/DiskUsage`]: unary(DISK_USAGE_REQUEST, DISK_USAGE_RESPONSE, async ({ filter }) => ({
      record: (await matching(engine, filter)).map(usageOf),
    })),
    [`${SERVICE}/Prune`]: serverStream(PRUNE_REQUEST, USAGE_RECORD, async (request, send) => {
      const before = new Map((await matching(engine, request.filter)).map((record) => [record.ID, record]));
      const space = (value: number): string | undefined => (value === 0 ? undefined : String(value));
      const ids = request.filter.every((text) => text === '') ? [] : [...before.keys()];
      if (ids.length === 0 && request.filter.some((text) => text !== '')) return;
      const filters = new Map<string, readonly string[]>();
      if (request.keepDuration > 0) filters.set('until', [`${request.keepDuration}ns`]);
      if (ids.length > 0) filters.set('id', ids);
      const { CachesDeleted } = await engine.prune({
        all: request.all ? '1' : undefined,
        filters: filterQuery(filters),
        'reserved-space': space(request.reservedSpace),
        'max-used-space': space(request.maxUsedSpace),
        'min-free-space': space(request.minFreeSpace),
      });
      for (const id of CachesDeleted ?? []) {
        const record = before.get(id);
        // What goes is shared with nobody.
        if (record) await send({ ...usageOf(record), shared: false });
      }
    }),
  };
}

const usageOf = (record: BuildCacheRecord): UsageRecord => ({
  id: record.ID,
  mutable: isMutable(record),
  inUse: record.InUse,
  size: record.Size,
  createdAt: parseTimeNs(record.CreatedAt),
  ...(record.LastUsedAt === null ? {} : { lastUsedAt: parseTimeNs(record.LastUsedAt) }),
  usageCount: record.UsageCount,
  description: record.Description,
  recordType: record.Type,
  shared: record.Shared,
  parents: record.Parents ?? [],
});

/** Records that one of the filters means; all of them without any. */
async function matching(engine: Engine, filters: readonly string[]): Promise<readonly BuildCacheRecord[]> {
  const records = await engine.cacheRecords();
  const parsed = filters.filter((text) => text !== '').map(parseFilter);
  return parsed.length === 0 ? records : records.filter((record) => parsed.some((rest) => fits(record, { rest })));
}

/** `type==regular,description~=text`: conditions that hold together. Upstream: containerd pkg/filters. */
function parseFilter(text: string): ReadonlyMap<string, readonly string[]> {
  return new Map(
    text.split(',').map((condition) => {
      const [, name = '', operator = '', value = ''] = /^([A-Za-z]+)(?:(==|~=|!=)(.*))?$/.exec(condition) ?? [];
      if (name === '') throw new GrpcError(Code.invalidArgument, `failed to parse prune filters ${JSON.stringify(text)}`);
      const mark = { '~=': '~', '!=': '!' }[operator] ?? '';
      return [`${name}${mark}`, operator === '' ? [] : [value]] as const;
    }),
  );
}
