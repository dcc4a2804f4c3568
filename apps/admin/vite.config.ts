import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Static files for `/admin/`. `vite` alone serves the sources, with the API of a running `npm start` behind them. */
export default defineConfig({
  base: '/admin/',
  plugins: [react()],
  build: {
    target: 'es2022',
    // Nothing as `data:`, which the Content-Security-Policy would have to allow.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
  },
  server: {
    host: '127.0.0.1',
    proxy: Object.fromEntries(['/api', '/media'].map((path) => [path, 'http://127.0.0.1:8000'])),
  },
})
