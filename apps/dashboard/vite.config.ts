import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

const BACKEND = process.env.STOWAGE_DEV_BACKEND ?? 'http://127.0.0.1:8080';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react()],
  // The workspace libraries are read as TypeScript source, so that a build of the dashboard needs no build before it.
  resolve: { conditions: ['@stowage/source', ...defaultClientConditions] },
  build: { target: 'es2022', sourcemap: false, outDir: 'dist', emptyOutDir: true, assetsInlineLimit: 0 },
  server: {
    port: 5173,
    proxy: { '/api': BACKEND, '/v2': BACKEND, '/token': BACKEND },
  },
});
