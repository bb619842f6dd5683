/** curl's command line, as far as it goes here. */
import { OptionError, type Options, parseOptions } from '../../options.ts';

const SHORT = 'sSfiIX:H:d:o:Ow:Lkvm:A:u:GT:e:b:c:#gNq46x:F:V';
const LONG: Readonly<Record<string, string>> = {
  silent: 's',
  'show-error': 'S',
  fail: 'f',
  include: 'i',
  head: 'I',
  request: 'X:',
  header: 'H:',
  data: 'd:',
  'data-ascii': 'd:',
  'data-raw': 'data-raw:',
  'data-binary': 'data-binary:',
  json: 'json:',
  output: 'o:',
  'remote-name': 'O',
  'write-out': 'w:',
  location: 'L',
  insecure: 'k',
  verbose: 'v',
  'max-time': 'm:',
  'connect-timeout': 'connect-timeout:',
  'unix-socket': 'unix-socket:',
  'user-agent': 'A:',
  user: 'u:',
  get: 'G',
  retry: 'retry:',
  'retry-connrefused': 'retry-connrefused',
  'retry-delay': 'retry-delay:',
  'no-buffer': 'N',
  ipv4: '4',
  ipv6: '6',
  'progress-bar': '#',
  version: 'V',
  'fail-with-body': 'fail-with-body',
  resolve: 'resolve:',
  'http1.1': 'http1.1',
  compressed: 'compressed',
  'upload-file': 'T:',
  cacert: 'cacert:',
  noproxy: 'noproxy:',
  'no-progress-meter': 'no-progress-meter',
  'create-dirs': 'create-dirs',
};

export interface Transfer {
  readonly url: string;
  readonly output: string | undefined;
  readonly remoteName: boolean;
}

export interface CurlCall {
  readonly options: Options;
  readonly transfers: readonly Transfer[];
}

/** The sentence and status that curl leaves with. */
export class CurlError extends Error {
  override readonly name = 'CurlError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Throws CurlError 2 for what it does not know. */
export function parseCall(args: readonly string[]): CurlCall {
  const options = parsed(args);
  const outputs = options.given.filter(([key]) => key === 'o' || key === 'O');
  const transfers = options.operands.map((url, at): Transfer => {
    const [key, value] = outputs[at] ?? [];
    return { url, output: key === 'o' ? value : undefined, remoteName: key === 'O' };
  });
  return { options, transfers };
}

function parsed(args: readonly string[]): Options {
  try {
    return parseOptions(args, { short: SHORT, long: LONG });
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    const word = /'(.*)'$/.exec(error.message)?.[1] ?? '';
    const option = word.startsWith('--') ? word : `-${word}`;
    throw new CurlError(
      2,
      error.message.includes('requires an argument') ? `option ${option}: requires parameter` : `option ${option}: is unknown`,
    );
  }
}
