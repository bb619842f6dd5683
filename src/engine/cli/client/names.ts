import { CliError } from '../errors.ts';
import { segment } from './http.ts';

/** A container in a path. Throws CliError for a name that says nothing. */
export function containerSegment(name: string): string {
  if (name.trim() === '') throw new CliError('invalid container name or ID: value is empty');
  return segment(name.trim());
}
