/** Builds the images of services. */
import type { ImageInspect } from '../../../api-types/index.ts';
import { loadCode } from '../../io.ts';
import type { ComposeContext } from '../command.ts';
import type { Project, Service } from '../project/types.ts';
import { imageOf } from './services.ts';

export interface Building {
  readonly images: ReadonlyMap<string, ImageInspect>;
  readonly how: 'always' | 'missing' | 'never';
  readonly quiet: boolean;
}

/** Builds what is not there, or everything. Answers whether anything was built. */
export async function buildMissing(context: ComposeContext, project: Project, { images, how, quiet }: Building): Promise<boolean> {
  if (how === 'never') return false;
  const isWanted = (service: Service) =>
    service.build !== undefined && (how === 'always' || service.pull_policy === 'build' || !images.has(imageOf(project, service)));
  const services = Object.values(project.services).filter(isWanted);
  if (services.length === 0) return false;
  const { buildServices } = await loadCode(context.io, () => import('./build-service.ts'));
  await buildServices(context, project, services, { quiet });
  return true;
}
