import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig, type Plugin } from 'vite';

const BACKEND = process.env.STOWAGE_DEV_BACKEND ?? 'http://127.0.0.1:8080';

/** Puts `.br` and `.gz` beside every file that shrinks: the server sends them as they are and compresses nothing itself. */
function preCompress(): Plugin {
  let outDir = '';
  return {
    name: 'pre-compress',
    apply: 'build',
    configResolved: (config) => {
      outDir = path.resolve(config.root, config.build.outDir);
    },
    closeBundle: () => {
      for (const name of readdirSync(outDir, { recursive: true, encoding: 'utf8' })) {
        if (!/\.(?:js|css|html|svg)$/.test(name)) continue;
        const file = path.join(outDir, name);
        const content = readFileSync(file);
        for (const [suffix, packed] of [
          ['br', brotliCompressSync(content)] as const,
          ['gz', gzipSync(content, { level: 9 })] as const,
        ])
          if (packed.length < content.length) writeFileSync(`${file}.${suffix}`, packed);
      }
    },
  };
}

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), preCompress()],
  // The workspace libraries are read as TypeScript source, so that a build of the dashboard needs no build before it.
  resolve: { conditions: ['@stowage/source', ...defaultClientConditions] },
  build: { target: 'es2022', sourcemap: false, outDir: 'dist', emptyOutDir: true, assetsInlineLimit: 0 },
  server: {
    port: 5173,
    proxy: { '/api': BACKEND, '/v2': BACKEND, '/token': BACKEND },
  },
});
