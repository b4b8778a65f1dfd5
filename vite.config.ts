// Builds the one page for its two hosts: the Tauri shell (default mode) and a loopback host (`--mode browser`).
import vue from '@vitejs/plugin-vue'
import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

const ui = resolve(import.meta.dirname, 'ui')

export default defineConfig(({ mode }) => {
  const host = mode === 'browser' ? 'browser' : 'tauri'
  return {
    root: ui,
    plugins: [vue()],
    clearScreen: false,
    resolve: { alias: { '#host': resolve(ui, `src/host/${host}.ts`) } },
    server: {
      port: 5173,
      strictPort: true,
      host: '127.0.0.1',
      // In development a browser host or the canned one answers (ui/README.md).
      proxy: Object.fromEntries(['/desk', '/view', '/picture'].map((path) => [path, process.env['YOUDAI_HOST'] ?? 'http://127.0.0.1:5174'])),
    },
    build: {
      outDir: host === 'browser' ? 'dist-browser' : 'dist',
      emptyOutDir: true,
      // WebKitGTK of Debian 12 is newer than Safari 16 in all that counts here.
      target: 'safari16',
      // The shell's content policy allows no `data:` address.
      assetsInlineLimit: 0,
    },
    test: { environment: 'happy-dom', include: ['tests/**/*.test.ts'] },
  }
})
