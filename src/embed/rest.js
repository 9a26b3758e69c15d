// Where the loader finds the rest of the element. The single-file build has it inside.
export const rest = () => import("./delineate.element.js");
