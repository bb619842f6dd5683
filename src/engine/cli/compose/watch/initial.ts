/** What a service's image is too old for: files that have changed since it was made. */

import { parseTimeNs } from '../../formatter/time.ts';
import type { Io } from '../../io.ts';
import { baseName, joinPath } from '../../path.ts';
import type { ComposeContext } from '../command.ts';
import { projectContainers } from '../engine/containers.ts';
import type { Project, Service, Trigger } from '../project/types.ts';
import { ignoredBy, isMounted } from './rules.ts';
import type { Mapping } from './sync.ts';

export async function initialMappings(
  context: ComposeContext,
  project: Project,
  { service, trigger }: { readonly service: Service; readonly trigger: Trigger },
): Promise<readonly Mapping[]> {
  const { io, client } = context;
  const [container] = await projectContainers(client, project.name, { services: [service.name] });
  if (container === undefined) return [];
  const { Created } = await client.images.inspect(container.ImageID);
  const since = parseTimeNs(Created ?? '');
  const { path: root, target = '', ignore = [] } = trigger;
  const ignored = ignoredBy(io, service, { root, ignore });
  const isLeft = (path: string): boolean => ignored(baseName(path)) || isMounted(service, path);
  return filesBelow(io, root, isLeft)
    .filter((path) => (io.files.stat(path)?.mtimeNs ?? 0n) >= since)
    .map((path) => ({ host: path, container: path === root ? target : joinPath(target, path.slice(root.length)) }));
}

function filesBelow({ files }: Pick<Io, 'files'>, path: string, isLeft: (path: string) => boolean): readonly string[] {
  if (files.stat(path)?.type !== 'directory') return isLeft(path) ? [] : [path];
  const children = files.readdir(path).map((name) => joinPath(path, name));
  return children.filter((child) => !isLeft(child)).flatMap((child) => filesBelow({ files }, child, isLeft));
}
