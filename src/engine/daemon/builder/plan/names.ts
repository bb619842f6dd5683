/** How steps are called: `[build 2/4] RUN make`. */
import type { Platform } from '../../../oci/manifest.ts';
import { formatPlatform } from '../../../oci/platform.ts';
import { DockerfileError } from '../dockerfile/errors.ts';
import { type ExpandOptions, expand, type Variables } from '../dockerfile/expand.ts';
import type { StageState } from './stage.ts';

/** Counts the step; with its number padded to the width of the last. */
export function stepName(stage: StageState, text: string, platform?: Platform): string {
  if (stage.commandTotal === 0) return text;
  stage.commandIndex += 1;
  const total = String(stage.commandTotal);
  const number = String(stage.commandIndex).padStart(total.length);
  const where = [platform ? formatPlatform(platform) : '', stage.shownName].filter((word) => word !== '').map((word) => `${word} `);
  return `[${where.join('')}${number}/${total}] ${stage.inOnbuild ? 'ONBUILD ' : ''}${text}`;
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
  return expanded.replace(/^\S+/, (word) => word.toUpperCase());
}
