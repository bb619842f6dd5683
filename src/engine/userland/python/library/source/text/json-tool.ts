/** `json.tool`. */
export const SOURCE = String.raw`
import argparse
import json
import sys


def main():
    parser = argparse.ArgumentParser(prog='python -m json.tool', description='A simple command line interface for json module to validate and pretty-print JSON objects.')
    parser.add_argument('infile', nargs='?', help='a JSON file to be validated or pretty-printed', default='-')
    parser.add_argument('outfile', nargs='?', help='write the output of infile to outfile', default=None)
    parser.add_argument('--sort-keys', action='store_true', default=False, help='sort the output of dictionaries alphabetically by key')
    parser.add_argument('--no-ensure-ascii', dest='ensure_ascii', action='store_false', help='disable escaping of non-ASCII characters')
    parser.add_argument('--json-lines', action='store_true', default=False, help='parse input using the JSON Lines format. Use with --no-indent or --compact to produce valid JSON Lines output.')
    parser.add_argument('--indent', default=4, type=int, help='separate items with newlines and use this number of spaces for indentation')
    parser.add_argument('--tab', action='store_const', dest='indent', const='\t', help='separate items with newlines and use tabs for indentation')
    parser.add_argument('--no-indent', action='store_const', dest='indent', const=None, help='separate items with spaces rather than newlines')
    parser.add_argument('--compact', action='store_true', help='suppress all whitespace separation (most compact)')
    options = parser.parse_args()
    how = {'sort_keys': options.sort_keys, 'ensure_ascii': options.ensure_ascii, 'indent': options.indent}
    if options.compact:
        how.update(indent=None, separators=(',', ':'))
    try:
        text = sys.stdin.read() if options.infile == '-' else open(options.infile, encoding='utf-8').read()
        found = [json.loads(line) for line in text.splitlines()] if options.json_lines else [json.loads(text)]
    except ValueError as problem:
        raise SystemExit(problem)
    out = sys.stdout if options.outfile is None else open(options.outfile, 'w', encoding='utf-8')
    for one in found:
        out.write(json.dumps(one, **how) + '\n')
    out.flush()

`;
