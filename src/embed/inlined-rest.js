// The rest of the element within the one file; `rest.js` fetches it.
import * as element from "./element.js";

export const rest = async () => element;
