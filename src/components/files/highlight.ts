/** A few words of colour for an editor: comments, strings, keywords, keys, numbers. Enough for the files of a lesson, in no time. */
export type Tone = '' | 'comment' | 'string' | 'keyword' | 'key' | 'number' | 'variable';

export interface Toned {
  readonly text: string;
  readonly tone: Tone;
}

type Rule = readonly [pattern: RegExp, tone: Tone];

const STRING: Rule = [/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/y, 'string'];
const HASH: Rule = [/#[^\n]*/y, 'comment'];
const VARIABLE: Rule = [/\$\{[^}\n]*\}|\$\w+/y, 'variable'];
const NUMBER: Rule = [/\b\d+(?:\.\d+)?\b/y, 'number'];
const INSTRUCTIONS =
  /(?<=^|\n)[ \t]*(?:FROM|RUN|CMD|LABEL|MAINTAINER|EXPOSE|ENV|ADD|COPY|ENTRYPOINT|VOLUME|USER|WORKDIR|ARG|ONBUILD|STOPSIGNAL|HEALTHCHECK|SHELL)\b|\bAS\b/iy;
const WORDS: Readonly<Record<string, RegExp>> = {
  sh: /\b(?:if|then|else|elif|fi|for|while|until|do|done|case|esac|in|function|return|exit|export|local|set|trap)\b/y,
  js: /\b(?:const|let|var|function|return|if|else|for|while|of|in|import|from|export|default|class|new|await|async|throw|try|catch|finally|null|true|false|this)\b/y,
  py: /\b(?:def|return|if|elif|else|for|while|in|import|from|as|class|with|try|except|finally|raise|lambda|None|True|False|and|or|not|pass|async|await)\b/y,
  json: /\b(?:null|true|false)\b/y,
};

const RULES: Readonly<Record<string, readonly Rule[]>> = {
  dockerfile: [[/(?<=^|\n)[ \t]*#[^\n]*/y, 'comment'], [INSTRUCTIONS, 'keyword'], STRING, VARIABLE, [/--[\w-]+/y, 'key'], NUMBER],
  yaml: [HASH, [/(?<=^|\n)[ \t-]*[\w./-]+(?=:(?:\s|$))/y, 'key'], STRING, VARIABLE, NUMBER],
  json: [[/"(?:[^"\\\n]|\\.)*"(?=\s*:)/y, 'key'], STRING, [WORDS.json ?? /$^/y, 'keyword'], NUMBER],
  sh: [HASH, STRING, VARIABLE, [WORDS.sh ?? /$^/y, 'keyword'], NUMBER],
  js: [[/\/\/[^\n]*|\/\*[\s\S]*?\*\//y, 'comment'], [/`(?:[^`\\]|\\.)*`/y, 'string'], STRING, [WORDS.js ?? /$^/y, 'keyword'], NUMBER],
  py: [HASH, [/"""[\s\S]*?"""/y, 'string'], STRING, [WORDS.py ?? /$^/y, 'keyword'], NUMBER],
  ini: [[/[#;][^\n]*/y, 'comment'], [/(?<=^|\n)[\w.-]+(?==)/y, 'key'], STRING, VARIABLE, NUMBER],
};

const ENDINGS: readonly (readonly [RegExp, string])[] = [
  [/(^|\/)(Dockerfile|Containerfile)(\.[\w-]+)?$|\.dockerfile$/i, 'dockerfile'],
  [/\.ya?ml$/, 'yaml'],
  [/\.json$/, 'json'],
  [/\.(sh|bash)$|(^|\/)\.(profile|bashrc)$/, 'sh'],
  [/\.[mc]?[jt]s$/, 'js'],
  [/\.py$/, 'py'],
  [/\.(env|conf|ini|cfg|toml)$|(^|\/)\.(env|dockerignore|gitignore)$/, 'ini'],
];

/** Beyond this a text stays plain: it is coloured anew at each key. */
const MOST_CHARACTERS = 60_000;

/** What a file is written in, by its name and its first line. */
export function languageOfFile(name: string, text = ''): string | null {
  const found = ENDINGS.find(([pattern]) => pattern.test(name))?.[1];
  return found ?? (/^#!.*\bsh\b/.test(text) ? 'sh' : /^#!.*\bpython/.test(text) ? 'py' : null);
}

/** The text in pieces; joined they are the text. */
export function toned(text: string, language: string | null): readonly Toned[] {
  const rules = (language !== null && RULES[language]) || [];
  if (rules.length === 0 || text.length > MOST_CHARACTERS) return text === '' ? [] : [{ text, tone: '' }];
  const pieces: { text: string; tone: Tone }[] = [];
  const add = (piece: string, tone: Tone): void => {
    const last = pieces.at(-1);
    if (last && last.tone === tone) last.text += piece;
    else pieces.push({ text: piece, tone });
  };
  for (let at = 0; at < text.length; ) {
    const found = match(rules, text, at);
    if (found) add(text.slice(at, at + found.length), found.tone);
    else add(text[at] ?? '', '');
    at += found?.length ?? 1;
  }
  return pieces;
}

function match(rules: readonly Rule[], text: string, at: number): { readonly length: number; readonly tone: Tone } | null {
  for (const [pattern, tone] of rules) {
    pattern.lastIndex = at;
    const length = pattern.exec(text)?.[0].length ?? 0;
    if (length > 0) return { length, tone };
  }
  return null;
}
