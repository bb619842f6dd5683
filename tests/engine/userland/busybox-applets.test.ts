import { expect, it } from 'vitest';
import { DEBIAN_APPLETS } from '../../../src/engine/registry/catalogue/applets.ts';
import { BUSYBOX_APPLET_NAMES } from '../../../src/engine/userland/busybox-applets.ts';

it('busybox answers to the names that its image has links for, and to its own', () => {
  expect(BUSYBOX_APPLET_NAMES.filter((name) => name !== 'busybox')).toEqual([...DEBIAN_APPLETS]);
});
