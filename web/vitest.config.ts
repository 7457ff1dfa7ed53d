import plugin from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { alias, react } from './runtime.ts';

const conditions = ['module', 'browser', 'import', 'default'];

export default defineConfig({
  plugins: [plugin()],
  resolve: {
    alias: react
      ? alias
      : [...alias, { find: '@testing-library/react', replacement: '@testing-library/preact' }],
    ...(react ? {} : { conditions }),
  },
  ...(react ? {} : { ssr: { resolve: { conditions } } }),
  test: {
    environment: 'jsdom',
    environmentOptions: { jsdom: { url: 'http://localhost:3000/' } },
    setupFiles: ['src/test/setup.ts'],
    include: ['src/**/*.test.{ts,tsx}'],
    restoreMocks: true,
    testTimeout: 60_000,
    maxWorkers: 2,
    server: {
      deps: {
        inline: react
          ? []
          : ['@tanstack/react-query', 'react-hook-form', 'lucide-react', '@testing-library/preact'],
      },
    },
  },
});
