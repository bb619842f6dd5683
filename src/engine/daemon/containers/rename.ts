import type { Daemon } from '../daemon.ts';
import { DockerError } from '../errors.ts';
import { renameLinked } from '../networks/shown-links.ts';
import { badName } from './errors.ts';
import { happened } from './happened.ts';
import { badNewName, noNewName, sameName } from './requests/errors.ts';

const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;

/** `docker rename`. Throws DockerError. */
export function rename(daemon: Daemon, name: string, wanted: string): void {
  if (name === '' || wanted === '') throw noNewName();
  const newName = wanted.replace(/^\//, '');
  const container = daemon.containers.get(name);
  if (container.name === newName) throw sameName();
  try {
    if (!NAME.test(newName)) throw badName(`/${newName}`);
    daemon.containers.reserve(newName, container.id);
  } catch (error) {
    throw error instanceof DockerError ? badNewName(error) : error;
  }
  const oldName = container.name;
  daemon.containers.rename(container, newName);
  renameLinked(daemon, container);
  happened(daemon, container, 'rename', { oldName: `/${oldName}` });
}
