/// <reference types="vitest/config" />
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import manifest from "./package.json" with { type: "json" };

export default defineConfig({
  plugins: [react()],
  // Relative paths: the same files are served by Tauri's own protocol and by the test bridge.
  base: "./",
  define: { __VERSION__: JSON.stringify(manifest.version) },
  build: {
    // The oldest engines we meet (WebKitGTK 2.44, WebView2 and WKWebView of the same spring) know light-dark().
    target: ["safari17.5", "chrome123"],
    cssTarget: ["safari17.5", "chrome123"],
    // Nothing is inlined as data:, so that the content policy can stay at 'self'.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
  },
  css: { modules: { localsConvention: "camelCaseOnly", generateScopedName: "[local]_[hash:base64:5]" } },
  server: { port: 5173, strictPort: true },
  test: { environment: "happy-dom", setupFiles: ["src/test-setup.ts"], css: { modules: { classNameStrategy: "non-scoped" } } },
});
