export default {
  // While it is being developed with, Vite packs dependencies together and would part the script from its files.
  optimizeDeps: { exclude: ["delineate"] },
  // Higher than usual, so that the texts come within the bundle: what Vite does with small files anyway.
  build: { assetsInlineLimit: 100_000 },
};
