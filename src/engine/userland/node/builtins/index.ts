/** The language's own objects, made for one process. */
import { setUpArray } from './array.ts';
import { setUpCollections } from './collections.ts';
import { setUpDate } from './date.ts';
import { setUpErrors } from './error.ts';
import { setUpFunction, setUpGlobals, setUpPrimitives, setUpSymbol } from './function.ts';
import { setUpIntl } from './intl.ts';
import { setUpIterators } from './iterators.ts';
import { setUpJson } from './json.ts';
import { setUpMath, setUpNumber } from './number.ts';
import { setUpObject } from './object.ts';
import { setUpPromise } from './promise.ts';
import { setUpProxy } from './proxy.ts';
import { setUpRegExp } from './regexp.ts';
import { setUpString } from './string.ts';
import { setUpBuffers } from './typed.ts';

export function setUpLanguage(): void {
  setUpFunction();
  setUpObject();
  setUpErrors();
  setUpArray();
  setUpIterators();
  setUpString();
  setUpNumber();
  setUpMath();
  setUpSymbol();
  setUpPrimitives();
  setUpPromise();
  setUpCollections();
  setUpRegExp();
  setUpDate();
  setUpJson();
  setUpBuffers();
  setUpProxy();
  setUpIntl();
  setUpGlobals();
}
