/** What a Compose file is refused for, in Compose's sentences. */
import { CliError } from '../../errors.ts';

export class ProjectError extends CliError {}

export const invalidProject = (sentence: string): ProjectError => new ProjectError(`${sentence}: invalid compose project`);
export const invalidFile = (file: string, sentence: string): ProjectError => new ProjectError(`validating ${file}: ${sentence}`);
export const noFile = (): ProjectError => new ProjectError('no configuration file provided: not found');
export const noService = (name: string): ProjectError => new ProjectError(`no such service: ${name}`);
