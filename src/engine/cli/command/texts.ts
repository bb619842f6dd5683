/** Texts that many flags share. */
const FORMAT = 'Format output using a custom template:';
const JSON_FORM = "'json':             Print in JSON format";
const TEMPLATE_FORM = "'TEMPLATE':         Print output using the given Go template.";
const REFER = 'Refer to https://docs.docker.com/go/formatting/ for more information about formatting output with templates';

export const FORMAT_TABLE = [
  FORMAT,
  "'table':            Print output in table format with column headers (default)",
  "'table TEMPLATE':   Print output in table format using the given Go template",
  JSON_FORM,
  TEMPLATE_FORM,
  REFER,
].join('\n');
export const FORMAT_INSPECT = [FORMAT, JSON_FORM, TEMPLATE_FORM, REFER].join('\n');
