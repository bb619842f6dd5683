/** `math`, `math/rand`, `log`, `flag`, `path`, and other small packages. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesOf } from '../../program-io.ts';
import type { NativeNow } from '../compile/package.ts';
import { kept } from '../runtime/numbers.ts';
import { Slice, type Value } from '../runtime/values.ts';
import type { LibraryPackage } from './packages.ts';
import { SOURCE as BASE64_SOURCE } from './source/base64.ts';
import { SOURCE as FLAG_SOURCE } from './source/flag.ts';
import { SOURCE as LIST_SOURCE } from './source/list.ts';
import { SOURCE as LOG_SOURCE } from './source/log.ts';
import { SOURCE as URL_PACKAGE_SOURCE } from './source/url.ts';

const num = (value: Value): number => Number(value);
const math =
  (of: (value: number) => number): NativeNow =>
  ([value]) =>
    of(num(value));
const ONE =
  'Abs Acos Acosh Asin Asinh Atan Atanh Cbrt Ceil Cos Cosh Exp Expm1 Floor Log Log10 Log1p Log2 Sin Sinh Sqrt Tan Tanh Trunc'.split(' ');
const own = (name: string): ((value: number) => number) =>
  (Math as unknown as Readonly<Record<string, (value: number) => number>>)[name.toLowerCase()] ?? ((value) => value);
const halfAway = (value: number): number => Math.sign(value) * Math.round(Math.abs(value));
const halfEven = (value: number): number => (Math.abs(value % 1) === 0.5 ? 2 * Math.round(value / 2) : Math.round(value));

export const MATH: LibraryPackage = {
  source: `package math

const (
	E       = 2.71828182845904523536028747135266249775724709369995957496696763
	Pi      = 3.14159265358979323846264338327950288419716939937510582097494459
	Phi     = 1.61803398874989484820458683436563811772030917980576286213544862
	Sqrt2   = 1.41421356237309504880168872420969807856967187537694807317667974
	Ln2     = 0.693147180559945309417232121458176568075500134360255254120680009
	MaxFloat64             = 1.79769313486231570814527423731704356798070e+308
	SmallestNonzeroFloat64 = 4.9406564584124654417656879286822137236505980e-324
	MaxFloat32             = 3.40282346638528859811704183484516925440e+38
	MaxInt    = 1<<63 - 1
	MinInt    = -1 << 63
	MaxInt8   = 1<<7 - 1
	MinInt8   = -1 << 7
	MaxInt16  = 1<<15 - 1
	MinInt16  = -1 << 15
	MaxInt32  = 1<<31 - 1
	MinInt32  = -1 << 31
	MaxInt64  = 1<<63 - 1
	MinInt64  = -1 << 63
	MaxUint   = 1<<64 - 1
	MaxUint8  = 1<<8 - 1
	MaxUint16 = 1<<16 - 1
	MaxUint32 = 1<<32 - 1
	MaxUint64 = 1<<64 - 1
)

${ONE.map((name) => `func ${name}(x float64) float64`).join('\n')}
func Round(x float64) float64
func RoundToEven(x float64) float64
func Atan2(y, x float64) float64
func Hypot(p, q float64) float64
func Max(x, y float64) float64
func Min(x, y float64) float64
func Mod(x, y float64) float64
func Pow(x, y float64) float64
func Inf(sign int) float64
func NaN() float64
func IsNaN(f float64) bool { return f != f }
func IsInf(f float64, sign int) bool {
	return sign >= 0 && f == Inf(1) || sign <= 0 && f == Inf(-1)
}
func Signbit(x float64) bool { return x < 0 || 1/x < 0 }
func Modf(f float64) (float64, float64) {
	i := Trunc(f)
	return i, f - i
}
`,
  natives: {
    now: {
      ...Object.fromEntries(ONE.map((name) => [name, math(own(name))])),
      Round: math(halfAway),
      RoundToEven: math(halfEven),
      Atan2: ([y, x]) => Math.atan2(num(y), num(x)),
      Hypot: ([p, q]) => Math.hypot(num(p), num(q)),
      Max: ([x, y]) => Math.max(num(x), num(y)),
      Min: ([x, y]) => Math.min(num(x), num(y)),
      Mod: ([x, y]) => num(x) % num(y),
      Pow: ([x, y]) => num(x) ** num(y),
      Inf: ([sign]) => (num(sign) >= 0 ? Infinity : -Infinity),
      NaN: () => Number.NaN,
    },
  },
};

const RAND = (name: string): string => `package ${name}

type Source interface{ Int63() int64 }
type source struct{}

func (source) Int63() int64      { return Int63() }
func NewSource(seed int64) Source { return source{} }

type Rand struct{}

func New(src Source) *Rand              { return &Rand{} }
func (*Rand) Intn(n int) int            { return Intn(n) }
func (*Rand) IntN(n int) int            { return Intn(n) }
func (*Rand) Int() int                  { return Int() }
func (*Rand) Float64() float64          { return Float64() }
func (*Rand) Perm(n int) []int          { return Perm(n) }
func (*Rand) Shuffle(n int, swap func(i, j int)) { Shuffle(n, swap) }

func Int63() int64
func Float64() float64
func Seed(seed int64)         {}
func Int() int                { return int(Int63()) }
func Int31() int32            { return int32(Int63() >> 32) }
func Uint32() uint32          { return uint32(Int63() >> 31) }
func below(n int) int {
	if n <= 0 {
		panic("invalid argument to Intn")
	}
	return int(Int63() % int64(n))
}
func Intn(n int) int          { return below(n) }
func IntN(n int) int          { return below(n) }
func N(n int) int             { return below(n) }
func Int63n(n int64) int64    { return Int63() % n }
func Int64N(n int64) int64    { return Int63() % n }
func Int31n(n int32) int32    { return int32(below(int(n))) }
func Perm(n int) []int {
	p := make([]int, n)
	for i := range p {
		p[i] = i
	}
	Shuffle(n, func(i, j int) { p[i], p[j] = p[j], p[i] })
	return p
}
func Shuffle(n int, swap func(i, j int)) {
	for i := n - 1; i > 0; i-- {
		swap(i, below(i+1))
	}
}
`;
const randomNatives: LibraryPackage['natives'] = {
  now: {
    Int63: (_, { sys }) =>
      kept(BigInt(`0x${Array.from(sys.random.bytes(8), (byte) => byte.toString(16).padStart(2, '0')).join('')}`) >> 1n),
    Float64: (_, goroutine) => goroutine.random(2 ** 30) / 2 ** 30,
  },
};
export const MATH_RAND: LibraryPackage = { source: RAND('rand'), natives: randomNatives };

export const LOG: LibraryPackage = {
  source: LOG_SOURCE,
};

export const FLAG: LibraryPackage = {
  source: FLAG_SOURCE,
};

const PATHS = (name: string): string => `package ${name}

import "strings"

const Separator = '/'

func Clean(path string) string {
	if path == "" {
		return "."
	}
	rooted := path[0] == '/'
	var parts []string
	for _, part := range strings.Split(path, "/") {
		switch {
		case part == "" || part == ".":
		case part == ".." && len(parts) > 0 && parts[len(parts)-1] != "..":
			parts = parts[:len(parts)-1]
		case part == ".." && rooted:
		default:
			parts = append(parts, part)
		}
	}
	clean := strings.Join(parts, "/")
	if rooted {
		return "/" + clean
	}
	if clean == "" {
		return "."
	}
	return clean
}
func Join(elem ...string) string {
	var parts []string
	for _, e := range elem {
		if e != "" {
			parts = append(parts, e)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return Clean(strings.Join(parts, "/"))
}
func Base(path string) string {
	if path == "" {
		return "."
	}
	path = strings.TrimRight(path, "/")
	if path == "" {
		return "/"
	}
	return path[strings.LastIndex(path, "/")+1:]
}
func Dir(path string) string      { return Clean(path[:strings.LastIndex(path, "/")+1]) }
func Split(path string) (string, string) {
	i := strings.LastIndex(path, "/") + 1
	return path[:i], path[i:]
}
func Ext(path string) string {
	base := path[strings.LastIndex(path, "/")+1:]
	if i := strings.LastIndex(base, "."); i >= 0 {
		return base[i:]
	}
	return ""
}
func IsAbs(path string) bool { return strings.HasPrefix(path, "/") }
`;
export const PATH: LibraryPackage = { source: PATHS('path') };
export const FILEPATH: LibraryPackage = {
  source: PATHS('filepath').replace(
    'import "strings"',
    'import (\n\t"io/fs"\n\t"os"\n\t"strings"\n)\n\ntype WalkFunc func(path string, info fs.FileInfo, err error) error\n\nfunc walk(path string, fn WalkFunc) error {\n\tinfo, err := os.Stat(path)\n\tif e := fn(path, info, err); e != nil || err != nil {\n\t\treturn e\n\t}\n\tif !info.IsDir() {\n\t\treturn nil\n\t}\n\tentries, _ := os.ReadDir(path)\n\tfor _, e := range entries {\n\t\tif err := walk(Join(path, e.Name()), fn); err != nil {\n\t\t\treturn err\n\t\t}\n\t}\n\treturn nil\n}\nfunc Walk(root string, fn WalkFunc) error { return walk(root, fn) }\nfunc Abs(path string) (string, error) {\n\tif IsAbs(path) {\n\t\treturn Clean(path), nil\n\t}\n\twd, err := os.Getwd()\n\treturn Join(wd, path), err\n}\n',
  ),
};

const percent = (text: string, safe: RegExp): string =>
  Array.from(text, (char) => (safe.test(char) ? char : `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)).join('');

export const URL_PACKAGE: LibraryPackage = {
  source: URL_PACKAGE_SOURCE,
  natives: {
    now: {
      QueryEscape: ([text]) => percent(text as string, /[\w.~-]/).replaceAll('%20', '+'),
      PathEscape: ([text]) => percent(text as string, /[\w.~$&+=:@-]/),
      unescape: ([text, plus]) => {
        const own = plus === true ? (text as string).replaceAll('+', ' ') : (text as string);
        if (/%(?![\da-fA-F]{2})/.test(own)) return ['', false];
        return [own.replace(/%([\da-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), true];
      },
    },
  },
};

const listed = (bytes: Uint8Array): Slice => new Slice([...bytes]);
const bytesIn = (value: Value): Uint8Array =>
  value instanceof Slice ? Uint8Array.from(value.list() as number[]) : bytesOf(value as string);

export const SHA256: LibraryPackage = {
  source:
    'package sha256\n\nconst Size = 32\n\nfunc sum(data []byte) []byte\nfunc Sum256(data []byte) [32]byte {\n\tvar out [32]byte\n\tcopy(out[:], sum(data))\n\treturn out\n}\n',
  natives: { now: { sum: ([data]) => listed(sha256(bytesIn(data))) } },
};
export const HEX: LibraryPackage = {
  source: 'package hex\n\nimport "fmt"\n\nfunc EncodeToString(src []byte) string { return fmt.Sprintf("%x", src) }\n',
};
export const BASE64: LibraryPackage = {
  source: BASE64_SOURCE,
  natives: {
    now: {
      encode: ([text, url, raw]) => {
        const plain = btoa(text as string);
        const own = url === true ? plain.replaceAll('+', '-').replaceAll('/', '_') : plain;
        return raw === true ? own.replaceAll('=', '') : own;
      },
      decode: ([text, url]) => {
        const own = url === true ? (text as string).replaceAll('-', '+').replaceAll('_', '/') : (text as string);
        return /^[A-Za-z0-9+/\n\r]*={0,2}$/.test(own) ? [atob(own.replace(/[\r\n]/g, '')), true] : ['', false];
      },
    },
  },
};
export const HTML: LibraryPackage = {
  source:
    'package html\n\nimport "strings"\n\nvar escaper = strings.NewReplacer("&", "&amp;", "\'", "&#39;", "<", "&lt;", ">", "&gt;", "\\"", "&#34;")\n\nfunc EscapeString(s string) string { return escaper.Replace(s) }\n',
};
export const LIST: LibraryPackage = {
  source: LIST_SOURCE,
};
