/** Sizes, names and words: the countable part of how code here is written. */
import path from 'node:path';
import ts from 'typescript';
import { eachTree, type Finding, inside, isTypeScript, type Rule, type Source } from './tree.ts';

const MOST_LINES = 400;
const MOST_FUNCTION_LINES = 70;
const MOST_FILES = 40;
const MOST_ASTRO_LINES = 60;

/** Tables of data: long because there is much of it, not because much happens. */
export const TABLES: readonly string[] = [];

const whole = (source: Source, says: string): Finding => ({ path: source.path, line: 1, says });
const lineCount = (text: string): number => text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
const code = inside('src', 'scripts', 'tests', 'bench');

export const fileLength: Rule = (sources) =>
  sources
    .filter((source) => code(source) && /\.(ts|mjs|js|css)$/.test(source.path) && !TABLES.includes(source.path))
    .filter(({ text }) => lineCount(text) > MOST_LINES)
    .map((source) => whole(source, `${lineCount(source.text)} lines; ${MOST_LINES} is the wall`));

export const astroLength: Rule = (sources) =>
  sources
    .filter(({ path: file, text }) => file.endsWith('.astro') && lineCount(text) > MOST_ASTRO_LINES)
    .map((source) => whole(source, `${lineCount(source.text)} lines; ${MOST_ASTRO_LINES} is the wall of a component`));

export const functionLength: Rule = eachTree(inside('src', 'scripts'), (source, node) => {
  if (!ts.isFunctionLike(node) || !('body' in node) || !node.body) return null;
  const file = node.getSourceFile();
  const lines = file.getLineAndCharacterOfPosition(node.end).line - file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
  return lines > MOST_FUNCTION_LINES && !TABLES.includes(source.path)
    ? `a function of ${lines} lines; ${MOST_FUNCTION_LINES} is the wall`
    : null;
});

export const folderSize: Rule = (sources) => {
  const folders = new Map<string, number>();
  for (const source of sources.filter(inside('src', 'scripts', 'tests')).filter(isCode))
    folders.set(path.posix.dirname(source.path), (folders.get(path.posix.dirname(source.path)) ?? 0) + 1);
  return [...folders]
    .filter(([, count]) => count > MOST_FILES)
    .map(([folder, count]) => ({ path: folder, line: 1, says: `${count} files; ${MOST_FILES} are the most` }));
};

const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*$/;
const COMPONENT = /^[A-Z][A-Za-z]*\.astro$/;
const EMPTY_NAMES = /^(utils?|helpers?|common|managers?|misc|shared)(\.|$)/;

export const fileNames: Rule = (sources) =>
  sources.filter(inside('src', 'scripts', 'tests')).flatMap((source) => {
    const names = source.path
      .replace(/\bREADME\.md$/, 'readme.md')
      .split('/')
      .slice(1);
    const odd = names
      .filter((name) => !KEBAB.test(name) && !COMPONENT.test(name))
      .map((name) => whole(source, `${name} is not kebab-case`));
    return [...odd, ...names.filter((name) => EMPTY_NAMES.test(name)).map((name) => whole(source, `${name} says nothing`))];
  });

/** What the type checker cannot see through, and what types alone would not strip. */
export const syntax: Rule = eachTree(
  () => true,
  (source, node) => {
    if (node.kind === ts.SyntaxKind.AnyKeyword) return 'any';
    if (ts.isNonNullExpression(node)) return 'a non-null assertion';
    if (ts.isEnumDeclaration(node) || ts.isDecorator(node)) return 'syntax that types alone do not strip';
    const ambient = ts.isModuleDeclaration(node) && node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword);
    if (ts.isModuleDeclaration(node) && !ambient) return 'a namespace';
    const isDefault = ts.isExportAssignment(node) || (node.kind === ts.SyntaxKind.DefaultKeyword && !ts.isDefaultClause(node.parent));
    return isDefault && source.path.startsWith('src/') && source.path !== 'src/content.config.ts' ? 'a default export' : null;
  },
);

/** Classes that are errors, by their own parents' parents too. */
function errorClasses(sources: readonly Source[]): ReadonlySet<string> {
  const parents = new Map<string, string>();
  for (const { text } of sources)
    for (const [, name = '', parent = ''] of text.matchAll(/class (\w+) extends (\w+)/g)) parents.set(name, parent);
  const isError = (name: string): boolean => name.endsWith('Error') || (parents.has(name) && isError(parents.get(name) ?? ''));
  return new Set([...parents.keys()].filter(isError));
}

export const inheritance: Rule = (sources) => {
  const errors = errorClasses(sources);
  return eachTree(inside('src'), (source, node) => {
    if (!ts.isHeritageClause(node) || node.token !== ts.SyntaxKind.ExtendsKeyword || !ts.isClassDeclaration(node.parent)) return null;
    const parent = node.types[0]?.expression.getText() ?? '';
    const allowed =
      parent.endsWith('Error') || errors.has(parent) || (source.path.startsWith('src/components/') && parent === 'HTMLElement');
    return allowed ? null : `extends ${parent}: inheritance is for errors only`;
  })(sources);
};

const PRETENCE = /(^|[a-z_])(Fake|Mock|Stub)|^(fake|mock|stub)|[sS]imulat|^sim[A-Z]/;

export const honestNames: Rule = (sources) => [
  ...sources
    .filter(inside('src/engine'))
    .filter(({ path: file }) => /(fake|mock|stub|simulat)/.test(file))
    .map((source) => whole(source, 'a name of pretence')),
  ...eachTree(inside('src/engine'), (_, node) =>
    ts.isIdentifier(node) && PRETENCE.test(node.text) ? `${node.text}: the model does not pretend` : null,
  )(sources),
];

const lines = (sources: readonly Source[], pattern: RegExp, says: (match: string) => string): readonly Finding[] =>
  sources.flatMap((source) =>
    source.text.split('\n').flatMap((text, index) => {
      const found = pattern.exec(text);
      return found ? [{ path: source.path, line: index + 1, says: says(found[0]) }] : [];
    }),
  );

/** Assembled, so that this file does not find itself. */
const word = (...parts: readonly string[]): string => parts.join('');
const LATER = new RegExp(`\\b(${[word('TO', 'DO'), word('FIX', 'ME'), word('X', 'XX'), word('HA', 'CK')].join('|')})\\b`);
const WORKPLACE = new RegExp(
  [
    word('\\bcla', 'ude\\b'),
    word('\\banthro', 'pic\\b'),
    word('\\bcopi', 'lot\\b'),
    word('\\bchat', 'gpt\\b'),
    word('\\bope', 'nai\\b'),
    word('\\bLL', 'M\\b'),
    word('\\biss', 'ue #?\\d'),
    word('/wo', 'rk/(shared|main)'),
    word('\\.\\./sha', 'red/'),
  ].join('|'),
  'i',
);

export const unfinished: Rule = (sources) => lines(sources.filter(isCode), LATER, (found) => `${found} is no comment`);
export const workplace: Rule = (sources) => lines(sources, WORKPLACE, (found) => `“${found}” is no word of the project`);
export const onlySome: Rule = (sources) =>
  lines(
    sources.filter(inside('tests')).filter(isTypeScript),
    /\b(it|test|describe)\.(only|skip)\(/,
    (found) => `${found} leaves tests out`,
  );

function isCode({ path: file }: Source): boolean {
  return /\.(ts|mjs|js|astro|css)$/.test(file);
}
