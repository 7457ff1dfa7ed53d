// Which library runs what is written as React: Preact, unless RUNTIME=react.
import { fileURLToPath } from 'node:url';

export const react = process.env.RUNTIME === 'react';

const own = { find: '@', replacement: fileURLToPath(new URL('src', import.meta.url)) };

export const alias = react
  ? [own]
  : [
      own,
      { find: /^react-dom\/client$/, replacement: 'preact/compat/client' },
      { find: /^react-dom$/, replacement: 'preact/compat' },
      { find: /^react\/jsx-(dev-)?runtime$/, replacement: 'preact/jsx-runtime' },
      { find: /^react$/, replacement: 'preact/compat' },
    ];
