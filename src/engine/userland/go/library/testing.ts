/** `testing` and `net/http/httptest`: what tests are written with. */
import type { LibraryPackage } from './packages.ts';
import { SOURCE as HTTPTEST_SOURCE } from './source/httptest.ts';
import { SOURCE as TESTING_SOURCE } from './source/testing.ts';

export const TESTING: LibraryPackage = {
  source: TESTING_SOURCE,
  natives: {
    now: {
      line: (_, { top }) => {
        for (let frame = top; frame !== null; frame = frame.caller)
          if (frame.code.file.endsWith('_test.go')) return `${frame.code.file.replace(/.*\//, '')}:${Math.floor(frame.at / 4096)}`;
        return '';
      },
    },
  },
};

export const HTTPTEST: LibraryPackage = {
  source: HTTPTEST_SOURCE,
};
