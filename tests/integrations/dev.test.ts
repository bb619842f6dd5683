/** What differs between the server for authors and the build. */
import { expect, it } from 'vitest';
import { dev } from '../../src/integrations/dev.ts';

type Setup = NonNullable<ReturnType<typeof dev>['hooks']['astro:config:setup']>;

/** What the integration changes of the configuration for that command. */
function changed(command: Parameters<Setup>[0]['command']): readonly object[] {
  const changes: object[] = [];
  const options = { command, updateConfig: (change: object) => changes.push(change) };
  dev().hooks['astro:config:setup']?.(options as unknown as Parameters<Setup>[0]);
  return changes;
}

it('has the server for authors answer for the catalogue’s files, which have no ending', () => {
  expect(changed('dev')).toEqual([{ trailingSlash: 'ignore' }]);
});

it('leaves the build as it is', () => {
  expect(changed('build')).toEqual([]);
});
