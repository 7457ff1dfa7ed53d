import tailwindcss from '@tailwindcss/vite';
import plugin from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { alias, react } from './runtime.ts';

// Where `npm run dev` finds the API: one's own `make run`, or staging.
const staging = process.env.STAGING ?? 'http://127.0.0.1:8080';
const proxied = { target: staging, changeOrigin: true, cookieDomainRewrite: '' };

// Each ends in a separator, or `react` would also catch `react-hook-form`.
const vendor =
  /node_modules[\\/](preact|preact-render-to-string|react|react-dom|scheduler|@tanstack[\\/][a-z-]+|cookie|set-cookie-parser)[\\/]/;
const forms =
  /node_modules[\\/]react-hook-form[\\/]|src[\\/](hooks[\\/](useSubmit|useReasons|useDraft)|lib[\\/](forms|check|lines)|i18n[\\/]en[\\/]rules|components[\\/]ui[\\/]Alert)\.tsx?$/;

// What pages share goes by what one does on them: a file of its own for each
// icon and hook costs more in headers than it holds.
const icons = (names: string) => `node_modules[\\\\/]lucide-react[\\\\/].*[\\\\/](${names})\\.m?js$`;
const sources = (names: string) => `src[\\\\/](${names.replaceAll('/', '[\\\\/]')})\\.tsx?$`;
const group = (name: string, ...patterns: string[]) => ({ name, test: new RegExp(patterns.join('|')) });
// An earlier one also takes what its own need of a later one.
const shared = [
  group(
    'parts',
    sources(
      'components/(Photo|Name|Missing|CreatorCard|PackageCard|ReviewCard|SaveButton|Stars|Filters|Found|ui/(Pill|Avatar|Field|Select|Dialog))|' +
        'hooks/(useParams|useErrors|useStaged|useView|useWide)|i18n/en/(errors|cards|find)|utils/format|services/mutations/(saved|views)',
    ),
    icons(
      'check|clock|refresh-cw|shield-check|chevron-right|star|printer|hourglass|wallet|circle-x|zap|external-link|map-pin|heart|badge-check|user-search',
    ),
  ),
  group(
    'live',
    sources(
      'services/(once|queries/(?!creator\\.)[a-z]+|live|kept|patches|presence|socket|unsent)|inside|components/Unread|hooks/useUnread',
    ),
  ),
  group('selling', sources('selling|services/queries/creator')),
  { name: 'forms', test: forms },
  group(
    'deal',
    sources(
      'services/mutations/bookings|lib/(ways|payment|schemas.money)|services/rules.money|i18n/en/checkout|utils/leave|components/booking/(Summary|PriceLines|PayFields|PaymentState)|hooks/usePayment',
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
    // It stands inside of every page: a part that comes later must not ask for it again.
    cssCodeSplit: false,
    manifest: true,
    // 2 % less on the line than the faster one.
    minify: isSsrBuild ? false : 'terser',
    terserOptions: { module: true, ecma: 2020, compress: { passes: 3 }, format: { comments: false } },
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
