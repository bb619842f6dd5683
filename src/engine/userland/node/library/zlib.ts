/** Compression: what `zlib` reaches. */
import { gunzip } from '../../../oci/gzip.ts';
import { gzip } from '../../../oci/gzip-write.ts';
import { native } from '../runtime/functions.ts';
import type { Value } from '../runtime/values.ts';
import { realm } from '../runtime/vm.ts';
import { bufferOf, bytesOf } from './bytes.ts';

export const zlibBinding = (): Readonly<Record<string, Value>> => ({
  gzip: native('gzip', 1, ([data]) => bufferOf(gzip(bytesOf(data)))),
  gunzip: native('gunzip', 1, ([data]) => {
    try {
      return bufferOf(gunzip(bytesOf(data)));
    } catch {
      const error = realm().thrown('Error', 'incorrect header check');
      throw error;
    }
  }),
});
