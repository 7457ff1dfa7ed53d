import tailwindcss from '@tailwindcss/vite';
import plugin from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { alias, react } from './runtime.ts';

// Where `npm run dev` finds the API: one's own `make run`, or staging.
const staging = process.env.STAGING ?? 'http://127.0.0.1:8080';
const proxied = { target: staging, changeOrigin: true, cookieDomainRewrite: '' };

// Each ends in a separator, or `react` would also catch `react-hook-form`.
const vendor =
  /node_modules[\\/](preact|preact-render-to-string|react|react-dom|scheduler|react-router|@tanstack[\\/][a-z-]+|openapi-fetch|cookie|set-cookie-parser)[\\/]/;
const forms = /node_modules[\\/](react-hook-form|@hookform[\\/]resolvers|valibot)[\\/]/;

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
                  { name: 'forms', test: forms },
                  // What every page needs is one file: thirty small ones cost
                  // more in headers, and pack worse.
                  { name: 'app', tags: ['$initial'], test: /src[\\/](?!main\.tsx)|node_modules/ },
                ],
              },
            },
          },
        }),
  },
}));
