// While it is being developed with, Vite packs dependencies together and would part the script from its files.
export default { optimizeDeps: { exclude: ["delineate"] } };
