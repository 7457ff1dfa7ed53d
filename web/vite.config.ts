import tailwindcss from '@tailwindcss/vite';
import plugin from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { alias, react } from './runtime.ts';

// Where `npm run dev` finds the API: one's own `make run`, or staging.
const staging = process.env.STAGING ?? 'http://127.0.0.1:8080';
const proxied = { target: staging, changeOrigin: true, cookieDomainRewrite: '' };

// Each ends in a separator, or `react` would also catch `react-hook-form`.
const vendor =
  /node_modules[\\/](preact|preact-render-to-string|react|react-dom|scheduler|@tanstack[\\/][a-z-]+|openapi-fetch|cookie|set-cookie-parser)[\\/]/;
const forms =
  /node_modules[\\/](react-hook-form|@hookform[\\/]resolvers|valibot)[\\/]|src[\\/](hooks[\\/](useSubmit|useDraft)|lib[\\/](forms|fields|limits)|components[\\/]ui[\\/]Alert)\.tsx?$/;

// What pages share goes by what one does on them: a file of its own for each
// icon and hook costs more in headers than it holds.
const icons = (names: string) => `node_modules[\\\\/]lucide-react[\\\\/].*[\\\\/](${names})\\.m?js$`;
const sources = (names: string) => `src[\\\\/](${names.replaceAll('/', '[\\\\/]')})\\.tsx?$`;
const group = (name: string, ...patterns: string[]) => ({ name, test: new RegExp(patterns.join('|')) });
const shared = [
  group('asks', sources('services/(once|queries/[a-z]+)|prefetch')),
  group(
    'parts',
    sources(
      'components/(Photo|Name|Missing|ui/(Pill|Avatar))|hooks/(useParams|useErrors|useStaged|useView)|services/mutations/views|i18n/en/errors|utils/format',
    ),
    icons(
      'check|clock|refresh-cw|shield-check|chevron-right|star|printer|hourglass|wallet|circle-x|zap|external-link',
    ),
  ),
  group(
    'cards',
    sources('components/(CreatorCard|PackageCard|SaveButton|Stars)|i18n/en/cards|services/mutations/saved'),
    icons('map-pin|heart|badge-check|user-search'),
  ),
  { name: 'forms', test: forms },
  group('field', sources('components/ui/(Field|Select|Dialog)')),
  group('find', sources('components/(Filters|Found)|i18n/en/find')),
  group('deal', sources('services/mutations/bookings|components/booking/(Summary|PriceLines)')),
  group(
    'pay',
    sources('lib/(ways|payment|schemas.money)|i18n/en/checkout|utils/leave|components/booking/PayFields'),
  ),
  group(
    'live',
    sources(
      'services/(live|kept|patches|presence|socket|unsent|attachments)|components/Unread|hooks/useUnread',
    ),
  ),
];

export default defineConfig(({ isSsrBuild }) => ({
  plugins: [plugin(), tailwindcss()],
  resolve: { alias },
  ssr: { noExternal: true },
  define: { 'import.meta.env.VITE_RUNTIME': JSON.stringify(react ? 'react' : 'preact') },
  server: {
    port: 3000,
    strictPort: true,
    proxy: { '/api': proxied, '/uploads': proxied, '/ws': { ...proxied, ws: true } },
  },
  build: {
    target: ['chrome111'],
    modulePreload: { polyfill: false },
    manifest: true,
    copyPublicDir: !isSsrBuild,
    ...(isSsrBuild
      ? {}
      : {
          rolldownOptions: {
            output: {
              codeSplitting: {
                groups: [
                  { name: 'vendor', test: vendor },
                  // What every page needs is one file: thirty small ones cost
                  // more in headers, and pack worse.
                  { name: 'app', tags: ['$initial'], test: /src[\\/](?!main\.tsx)|node_modules/ },
                  ...shared,
                ],
              },
            },
          },
        }),
  },
}));
