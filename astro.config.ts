import { satteri } from '@astrojs/markdown-satteri';
import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';
import { apart } from './src/integrations/apart.ts';
import { dev } from './src/integrations/dev.ts';
import { embed } from './src/integrations/embed.ts';
import { firstPaint } from './src/integrations/first-paint.ts';
import { helperInside } from './src/integrations/helper-inside.ts';
import { offline } from './src/integrations/offline.ts';
import { policy } from './src/integrations/policy.ts';
import { workerFiles } from './src/integrations/worker-files.ts';
import { searchIsWhole } from './src/integrations/search.ts';
import { wholeWords } from './src/integrations/whole-words.ts';
import { sidebar } from './src/content/sidebar.ts';

const base = process.env.BASE ?? '/';

export default defineConfig({
  site: process.env.SITE ?? 'https://drydock.example',
  base,
  trailingSlash: 'always',
  devToolbar: { enabled: false },
  vite: { worker: { format: 'es', plugins: () => [apart(), helperInside()], rolldownOptions: { output: { comments: false, codeSplitting: { groups: [...workerFiles] } } } } },
  markdown: { processor: satteri({ hastPlugins: [wholeWords] }) },
  integrations: [
    dev(),
    starlight({
      title: 'Drydock',
      favicon: '/favicon.svg',
      defaultLocale: 'root',
      locales: { root: { label: 'English', lang: 'en' }, ko: { label: '한국어', lang: 'ko' } },
      sidebar,
      customCss: ['./src/styles/fonts.css', './src/styles/site.css', './src/styles/prose.css', './src/styles/parts.css', './src/styles/tokens.css', './src/styles/print.css'],
      components: {
        Footer: './src/components/site/Footer.astro',
        Head: './src/components/site/Head.astro',
        Header: './src/components/site/Header.astro',
        Hero: './src/components/Landing.astro',
        MobileMenuFooter: './src/components/site/MobileMenuFooter.astro',
        LanguageSelect: './src/components/site/LanguageSelect.astro',
        PageTitle: './src/components/site/PageTitle.astro',
        Search: './src/components/site/Search.astro',
        SiteTitle: './src/components/site/SiteTitle.astro',
        ThemeSelect: './src/components/site/ThemeSelect.astro',
      },
      expressiveCode: {
        useStarlightUiThemeColors: true,
        styleOverrides: { borderRadius: '0', codeFontFamily: 'var(--dd-mono)', frames: { shadowColor: 'transparent' } },
      },
      pagination: true,
      credits: false,
      disable404Route: false,
    }),
    searchIsWhole(['en', 'ko']),
    embed(),
    firstPaint(),
    policy(),
    offline(),
  ],
});
