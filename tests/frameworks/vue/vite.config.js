import vue from "@vitejs/plugin-vue";

export default {
  plugins: [vue({ template: { compilerOptions: { isCustomElement: (tag) => tag === "role-clarity-check" } } })],
  // While it is being developed with, Vite packs dependencies together and would part the script from its files.
  optimizeDeps: { exclude: ["delineate"] },
};
