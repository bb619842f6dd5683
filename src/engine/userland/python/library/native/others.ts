/** Small parts that modules written in Python ask of the host. */
import { ERRNO } from '../../../../kernel/errno.ts';
import type { Interpreter } from '../../runtime/interpreter.ts';
import { exceptionLine, exceptionReport, stackText, traceText } from '../../runtime/traceback.ts';
import { PyDict, PyException, PyList, type PyTraceback, PyTuple, type Value } from '../../runtime/values.ts';
import { fn, moduleOf, steps, textOf } from '../define.ts';
import { BUFFERED_READER, BUFFERED_WRITER, IO_BASE, RAW_FILE, TEXT_FILE } from '../files.ts';
import { importModule } from '../importing.ts';
import { parseDate, strftime } from './dates.ts';

export const createTraceback = (_: Interpreter) =>
  moduleOf('_traceback', {
    functions: [
      steps('report(exc)', function* ([exc], thread) {
        return exc instanceof PyException ? yield* exceptionReport(thread, exc) : '';
      }),
      steps('only(exc)', function* ([exc], thread) {
        return exc instanceof PyException ? yield* exceptionLine(thread, exc) : '';
      }),
      fn(
        'lines_of(tb)',
        ([tb], { interpreter }) =>
          new PyList((traceText(interpreter, (tb as PyTraceback).trace).match(/ {2}File[\s\S]*?(?= {2}File|$)/g) ?? []).map(String)),
      ),
      fn('stack()', (_args, { interpreter, frame }) => stackText(interpreter, frame)),
    ],
  });

export const createDates = (_: Interpreter) =>
  moduleOf('_dates', {
    functions: [
      fn('strftime(format, fields, micro, zone, offset)', ([format, fields, micro, zone, offset]) =>
        strftime(textOf(format), (fields as PyTuple).items.map(Number), Number(micro), { name: String(zone), offset: String(offset) }),
      ),
      fn('parse(text, format)', ([text, format]) => {
        const { year, month, day, hour, minute, second, micro, offset } = parseDate(textOf(text), textOf(format));
        return new PyTuple([year, month, day, hour, minute, second, micro, offset]);
      }),
    ],
  });

/** Where packages lie. */
export const createPlace = ({ options: { place } }: Interpreter) =>
  moduleOf('_place', {
    values: {
      layout: place.layout,
      library: place.library,
      sites: new PyTuple([...place.sites]),
      purelib: place.purelib,
      scripts: place.scripts,
      user_site: place.userSite,
      has_user_site: place.isUserSiteOn,
    },
  });

export const createIo = (_: Interpreter) =>
  moduleOf('_io', {
    values: {
      _IOBase: IO_BASE,
      TextIOWrapper: TEXT_FILE,
      BufferedReader: BUFFERED_READER,
      BufferedWriter: BUFFERED_WRITER,
      FileIO: RAW_FILE,
    },
  });

export const createErrno = (_: Interpreter) => {
  const codes = new PyDict();
  const values: Record<string, Value> = { errorcode: codes };
  for (const [name, [number]] of Object.entries(ERRNO)) {
    values[name] = number;
    codes.map.set(number, { k: number, v: name });
  }
  return moduleOf('errno', { values: { ...values, EWOULDBLOCK: 11, ENOTSUP: 95 } });
};

export const createImportlib = (_: Interpreter) =>
  moduleOf('importlib', {
    functions: [
      steps('import_module(name, package=None)', function* ([name], thread) {
        return yield* importModule(thread, textOf(name));
      }),
      fn('invalidate_caches()', () => null),
    ],
  });

const GC = 'gc';
function keepGc({ states }: Interpreter, isOn: boolean): null {
  states.set(GC, isOn);
  return null;
}

export const createGc = (_: Interpreter) =>
  moduleOf('gc', {
    functions: [
      // What nothing reaches is not there any more when it is looked for: none of it is ever found.
      fn('collect(generation=2)', () => 0),
      fn('enable()', (_args, { interpreter }) => keepGc(interpreter, true)),
      fn('disable()', (_args, { interpreter }) => keepGc(interpreter, false)),
      fn('isenabled()', (_args, { interpreter }) => interpreter.states.get(GC) !== false),
    ],
  });
