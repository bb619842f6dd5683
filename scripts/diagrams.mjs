// Draws the Mermaid sources of src/content/diagrams with the real Mermaid in a browser: one SVG for both themes, committed.
// `--check` draws nothing and fails if a drawing is not of its source (a hash in the file says so).
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { root, say, stop } from './project.mjs';

const FOLDER = path.join(root, 'src/content/diagrams');
const MERMAID = path.join(root, 'node_modules/mermaid');
const FONT = '"Atkinson Hyperlegible Next Variable","Noto Sans KR","Noto Sans CJK KR","Apple SD Gothic Neo","Malgun Gothic",sans-serif';
const THEMES = {
  light: {
    darkMode: false,
    background: '#ffffff',
    primaryColor: '#e7eeec',
    primaryTextColor: '#10252d',
    primaryBorderColor: '#33474e',
    secondaryColor: '#eef3f1',
    tertiaryColor: '#f4f7f6',
    lineColor: '#3f535a',
    noteBkgColor: '#fff3cf',
    noteTextColor: '#10252d',
    noteBorderColor: '#7a5200',
    edgeLabelBackground: '#ffffff',
    clusterBkg: '#f4f7f6',
    clusterBorder: '#6f8284',
    titleColor: '#10252d',
    nodeBorder: '#33474e',
    actorLineColor: '#6f8284',
    signalColor: '#10252d',
    signalTextColor: '#10252d',
    actorTextColor: '#10252d',
    labelTextColor: '#10252d',
    loopTextColor: '#10252d',
    sequenceNumberColor: '#ffffff',
    activationBkgColor: '#cfd9d7',
    activationBorderColor: '#33474e',
  },
  dark: {
    darkMode: true,
    background: '#142127',
    primaryColor: '#0a1215',
    primaryTextColor: '#e4edeb',
    primaryBorderColor: '#a9babf',
    secondaryColor: '#101b20',
    tertiaryColor: '#0e181c',
    lineColor: '#b3c3c4',
    noteBkgColor: '#3b3312',
    noteTextColor: '#fbf0c0',
    noteBorderColor: '#f4c04a',
    edgeLabelBackground: '#142127',
    clusterBkg: '#0e181c',
    clusterBorder: '#667c83',
    titleColor: '#e4edeb',
    nodeBorder: '#a9babf',
    actorLineColor: '#667c83',
    signalColor: '#e4edeb',
    signalTextColor: '#e4edeb',
    actorTextColor: '#e4edeb',
    labelTextColor: '#e4edeb',
    loopTextColor: '#e4edeb',
    sequenceNumberColor: '#0e181c',
    activationBkgColor: '#2a3b42',
    activationBorderColor: '#a9babf',
  },
};
const COLOUR = /#[0-9a-fA-F]{8}\b|#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b(?![-\w])|rgba?\([^)]*\)|hsla?\([^)]*\)/g;
const config = (id) => ({
  startOnLoad: false,
  theme: 'base',
  htmlLabels: true,
  handDrawnSeed: 1,
  deterministicIds: true,
  deterministicIDSeed: id,
  securityLevel: 'strict',
  flowchart: { wrappingWidth: 260 },
  // Narrow enough to be read in a column of text without being made smaller.
  sequence: {
    useMaxWidth: true,
    width: 92,
    height: 40,
    actorMargin: 16,
    boxMargin: 6,
    messageMargin: 30,
    noteMargin: 8,
    mirrorActors: false,
    actorFontSize: 15,
    messageFontSize: 15,
    noteFontSize: 15,
  },
  themeCSS: '.nodeLabel,.edgeLabel,.label{word-break:keep-all} foreignObject{overflow:visible}',
  fontFamily: FONT,
});

const hashOf = (source) => {
  const { version } = JSON.parse(readFileSync(path.join(MERMAID, 'package.json'), 'utf8'));
  return createHash('sha256')
    .update(source)
    .update(version)
    .update(JSON.stringify([THEMES, config('id')]))
    .digest('hex');
};
const sources = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.mmd'))
  .sort();
const drawingOf = (file) => path.join(FOLDER, file.replace(/\.mmd$/, '.svg'));
const isCurrent = (file) =>
  existsSync(drawingOf(file)) &&
  readFileSync(drawingOf(file), 'utf8').includes(`source ${hashOf(readFileSync(path.join(FOLDER, file), 'utf8'))}`);

function serveMermaid() {
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    if (pathname === '/')
      return response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><meta charset=utf-8><body></body>');
    const file = path.join(MERMAID, 'dist', path.normalize(pathname));
    if (!existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': 'text/javascript' });
    return createReadStream(file).pipe(response);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}

async function draw(page, id, source, theme) {
  await page.reload();
  return page.evaluate(
    async ({ id: name, text, settings }) => {
      const { default: mermaid } = await import('/mermaid.esm.min.mjs');
      mermaid.initialize(settings);
      return (await mermaid.render(name, text)).svg;
    },
    { id, text: source, settings: { ...config(id), themeVariables: THEMES[theme] } },
  );
}

/** One drawing for both themes: the text is the same, each colour that differs becomes light-dark(). */
function merge(light, dark) {
  const [bones, others] = [light.split(COLOUR), dark.split(COLOUR)];
  if (bones.length !== others.length || bones.some((bone, index) => bone !== others[index]))
    stop('The light and the dark drawing differ in more than colours.');
  const [day, night] = [light.match(COLOUR) ?? [], dark.match(COLOUR) ?? []];
  return bones
    .map(
      (bone, index) =>
        bone + (index < day.length ? (day[index] === night[index] ? day[index] : `light-dark(${day[index]},${night[index]})`) : ''),
    )
    .join('');
}

const stale = sources.filter((file) => !isCurrent(file));
if (process.argv.includes('--check')) {
  if (stale.length > 0) stop(`Not drawn from their sources: ${stale.join(', ')}. Run: node scripts/diagrams.mjs`);
} else if (stale.length > 0) {
  const { chromium } = await import('@playwright/test');
  const { ensureBrowser } = await import('./browser.mjs');
  const server = await serveMermaid();
  const browser = await chromium.launch({ executablePath: await ensureBrowser(), args: ['--no-sandbox', '--disable-gpu'] });
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  for (const file of stale) {
    const source = readFileSync(path.join(FOLDER, file), 'utf8');
    const id = `dd-${createHash('sha256').update(source).digest('hex').slice(0, 8)}`;
    const svg = merge(await draw(page, id, source, 'light'), await draw(page, id, source, 'dark'));
    writeFileSync(drawingOf(file), `<!-- source ${hashOf(source)} -->\n${svg}\n`);
    say(`drew ${file}`);
  }
  await browser.close();
  server.close();
}
