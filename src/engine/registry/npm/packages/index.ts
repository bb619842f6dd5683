/** All packages of the registry. */
import type { RegistryPackage } from '../package.ts';
import { EXPRESS } from './express.ts';
import { SMALL } from './small.ts';

export const PACKAGES: readonly RegistryPackage[] = [...EXPRESS, ...SMALL];
