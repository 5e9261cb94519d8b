import { defineConfig } from "vitest/config";

// One script and one style sheet that visualizations/sigma_map.py writes into each page.
export default defineConfig({
  build: {
    target: "es2022",
    outDir: "../assets",
    emptyOutDir: true,
    cssCodeSplit: false,
    lib: {
      entry: "src/main.ts",
      formats: ["iife"],
      name: "graphkitMap",
      fileName: () => "map.js",
      cssFileName: "map",
    },
  },
  test: {
    include: ["test/**/*.test.ts"],
  },
});
