// Draws what others show of the book: a card for each page (Open Graph) and the icons of the installed app, committed as PNG.
// Without arguments it draws the pages whose title has no card yet. `--all` draws everything, `--check` nothing: it fails if a card is missing.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root, say, stop } from './project.mjs';

const DOCS = path.join(root, 'src/content/docs');
const LIST = path.join(root, 'src/content/cards/cards.json');
const OUT = path.join(root, 'public/cards');
const ICONS = path.join(root, 'public/icons');
const read = (file) => readFileSync(path.join(root, file), 'utf8');
const FONT = 'node_modules/@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2';

/** Each page's id (`layers`, `ko/layers`) and title. */
const titles = Object.fromEntries(
  readdirSync(DOCS, { recursive: true })
    .filter((file) => file.endsWith('.mdx') && !/(^|\/)404\.mdx$/.test(file))
    .sort()
    .map((file) => [
      file.replaceAll('\\', '/').replace(/\.mdx$/, ''),
      /^title: *["']?(.*?)["']?$/m.exec(readFileSync(path.join(DOCS, file), 'utf8'))[1],
    ]),
);
const drawn = existsSync(LIST) ? JSON.parse(readFileSync(LIST, 'utf8')) : {};
const all = process.argv.includes('--all');
const stale = Object.keys(titles).filter((id) => all || drawn[id] !== titles[id] || !existsSync(path.join(OUT, `${id}.png`)));

const markup = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const card = (title, language) => `<!doctype html><html lang="${language}"><meta charset="utf-8"><style>
@font-face { font-family: Next; src: url(data:font/woff2;base64,${readFileSync(path.join(root, FONT)).toString('base64')}); font-weight: 200 800; unicode-range: U+0000-00FF, U+2000-206F; }
* { margin: 0 }
body { width: 1200px; height: 630px; overflow: hidden; font-family: Next, "Noto Sans KR", "Noto Sans CJK KR", "Apple SD Gothic Neo", sans-serif; }
svg { display: block; font-family: inherit; }
h1 { position: absolute; left: 68px; right: 68px; top: 128px; height: 200px; display: flex; align-items: end; color: #e4edeb; font-weight: 700; font-size: 92px; line-height: 1; letter-spacing: -0.035em; text-wrap: balance; word-break: keep-all; }
:lang(ko) h1 { line-height: 1.12; }
</style>${read('src/content/cards/card.svg')}<h1><span>${markup(title)}</span></h1></html>`;

const MARK =
  '<path fill="#e4edeb" d="M0 13h5v6.500h4V26h14v-6.500h4V13h5v17H0zM12 2h8v4.500h-8zM8.500 7.500h15c0 8-2 14-5.500 16.500h-4C10.500 21.500 8.500 15.500 8.500 7.500zM14 24.500h4V26h-4z"/><path fill="#ffc83d" d="M8.850 12h14.300c-.130 1.040-.310 2.040-.550 3H9.400c-.240-.960-.420-1.960-.550-3z"/>';
/** The mark on its dark ground; `margin` is a share of the edge, wide where a system cuts the icon to its own shape. */
const icon = (size, margin) =>
  `<!doctype html><style>*{margin:0}svg{display:block}</style><svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="${[-1, -1, 2, 2].map((part) => (part < 0 ? -margin * 32 : 32 * (1 + 2 * margin))).join(' ')}"><path fill="#0e181c" d="M-32-32h96v96h-96z"/>${MARK}</svg>`;

async function shoot(page, html, size, file) {
  await page.setViewportSize(size);
  await page.setContent(html);
  await page.evaluate(async () => {
    await document.fonts.ready;
    const title = document.querySelector('h1');
    // A long title is set smaller until two lines hold it.
    for (let px = 92; title && px > 48 && title.firstElementChild.offsetHeight > title.clientHeight; px -= 4)
      title.style.fontSize = `${px}px`;
  });
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, await page.screenshot({ clip: { x: 0, y: 0, ...size } }));
  say(`drew ${path.relative(root, file)}`);
}

async function draw() {
  const { chromium } = await import('@playwright/test');
  const { ensureBrowser } = await import('./browser.mjs');
  const browser = await chromium.launch({ executablePath: await ensureBrowser(), args: ['--no-sandbox', '--disable-gpu'] });
  const page = await browser.newPage();
  for (const id of stale)
    await shoot(page, card(titles[id], id.startsWith('ko/') ? 'ko' : 'en'), { width: 1200, height: 630 }, path.join(OUT, `${id}.png`));
  const icons = [
    ['icon-192', 192, 0.12],
    ['icon-512', 512, 0.12],
    ['maskable-512', 512, 0.3],
    ['apple-touch-icon', 180, 0.16],
  ];
  for (const [name, size, margin] of icons)
    if (all || !existsSync(path.join(ICONS, `${name}.png`)))
      await shoot(page, icon(size, margin), { width: size, height: size }, path.join(ICONS, `${name}.png`));
  await browser.close();
  writeFileSync(LIST, `${JSON.stringify(titles, null, 2)}\n`);
}

if (process.argv.includes('--check')) {
  if (stale.length > 0) stop(`No card for: ${stale.join(', ')}. They show the general one. Run: node scripts/cards.mjs`);
} else if (stale.length > 0) {
  await draw();
}
