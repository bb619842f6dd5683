import { CliError } from '../errors.ts';
import { TemplateError, template } from '../template/index.ts';
import { TEMPLATE_PARSE_STATUS } from './inspect.ts';

/** One document through a template; `json` is the document. `name` is what errors call the template. */
export function formatOne(format: string, value: unknown, name = ''): string {
  const source = format === 'json' ? '{{json .}}' : format;
  try {
    return `${template(source, name).run(value)}\n`;
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    if (error.phase === 'parse') throw new CliError(`template parsing error: ${error.message}`, TEMPLATE_PARSE_STATUS);
    throw new CliError(error.message);
  }
}
