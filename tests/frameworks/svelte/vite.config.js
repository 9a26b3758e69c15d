import { svelte } from "@sveltejs/vite-plugin-svelte";

export default {
  plugins: [svelte()],
  // While it is being developed with, Vite packs dependencies together and would part the script from its files.
  optimizeDeps: { exclude: ["delineate"] },
};
