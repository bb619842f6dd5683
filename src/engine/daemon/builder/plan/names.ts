/** How steps are called: `[build 2/4] RUN make`. */
import type { Platform } from '../../../oci/manifest.ts';
import { formatPlatform, normalizePlatform, parsePlatform } from '../../../oci/platform.ts';
import { DockerfileError } from '../dockerfile/errors.ts';
import { type ExpandOptions, expand, type Variables } from '../dockerfile/expand.ts';
import { type StageState, variablesOf } from './stage.ts';

interface Shown {
  /** Several platforms are built for, and are told apart. */
  readonly showsPlatform: boolean;
}

/** Counts the step; with its number padded to the width of the last. */
export function stepName(stage: StageState, text: string, { showsPlatform }: Shown): string {
  if (stage.commandTotal === 0) return text;
  stage.commandIndex += 1;
  const total = String(stage.commandTotal);
  const number = String(stage.commandIndex).padStart(total.length);
  const where = [showsPlatform ? platformsOf(stage) : '', stage.shownName].filter((word) => word !== '').map((word) => `${word} `);
  return `[${where.join('')}${number}/${total}] ${stage.inOnbuild ? 'ONBUILD ' : ''}${text}`;
}

/** `linux/amd64`, and what it builds for if the stage asks for that: `linux/amd64->arm64`. */
function platformsOf({ platform, env }: StageState): string {
  if (!platform) return '';
  const own = formatPlatform(platform);
  const asked = targetOf(env, platform);
  if (!asked || (asked.os === platform.os && asked.architecture === platform.architecture)) return own;
  const whole = formatPlatform(asked);
  return `${own}->${asked.os === platform.os ? whole.slice(asked.os.length + 1) : whole}`;
}

/** TARGETPLATFORM or its parts, as far as the stage has declared them. */
function targetOf(env: readonly string[], base: Platform): Platform | undefined {
  const variables = variablesOf(env);
  const [whole, os, architecture, variant] = ['PLATFORM', 'OS', 'ARCH', 'VARIANT'].map((part) => variables.get(`TARGET${part}`));
  const parsed = whole === undefined ? null : parsePlatform(whole);
  if (parsed) return parsed;
  if (os === undefined && architecture === undefined && variant === undefined) return undefined;
  return normalizePlatform({ os: os || base.os, architecture: architecture || base.architecture, ...(variant ? { variant } : {}) });
}

/** A statement as it is shown: variables replaced, its instruction in capitals. */
export function shown(code: string, variables: Variables, options: ExpandOptions): string {
  const text = code.trim();
  let expanded = text;
  try {
    expanded = expand(text, variables, options).text;
  } catch (error) {
    if (!(error instanceof DockerfileError)) throw error;
  }
  return expanded.replace(/^[^ ]+/, (word) => word.toUpperCase());
}
