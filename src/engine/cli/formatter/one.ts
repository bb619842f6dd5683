import { CliError } from '../errors.ts';
import type { Output } from '../output.ts';
import { TemplateError, template } from '../template/index.ts';
import { TEMPLATE_PARSE_STATUS } from './inspect.ts';

/** One document through a template; `json` is the document. */
export function formatOne(format: string, value: unknown): string {
  try {
    return `${template(format === 'json' ? '{{json .}}' : format).run(value)}\n`;
  } catch (error) {
    throw faultOf(error);
  }
}

/** The same as it goes, `name` being what errors call the template: of a template that fails, what it printed until then stays. Throws CliError. */
export async function writeOne(out: Output, format: string, { value, name = '' }: { value: unknown; name?: string }): Promise<void> {
  try {
    await out.text(`${template(format === 'json' ? '{{json .}}' : format, name).run(value)}\n`);
  } catch (error) {
    if (error instanceof TemplateError && error.phase === 'execute') await out.line(error.written);
    throw faultOf(error);
  }
}

function faultOf(error: unknown): unknown {
  if (!(error instanceof TemplateError)) return error;
  if (error.phase === 'parse') return new CliError(`template parsing error: ${error.message}`, TEMPLATE_PARSE_STATUS);
  return new CliError(error.message);
}
