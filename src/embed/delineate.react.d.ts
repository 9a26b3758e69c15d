// The element in JSX, for React 19: `import type {} from "delineate/react"`.
import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type { Benchmark, RoleClarityCheck, RoleClarityCheckEvents } from "./delineate.js";

/** The attributes by their own names: they are written the same on a server and in a browser. */
interface CheckAttributes {
  mode?: RoleClarityCheck["mode"];
  theme?: RoleClarityCheck["theme"];
  loading?: RoleClarityCheck["loading"];
  consent?: RoleClarityCheck["consent"];
  "cta-href"?: string;
  "cta-label"?: string;
  benchmark?: Benchmark | string;
  content?: string;
  "storage-key"?: string;
}

type CheckListeners = { [K in keyof RoleClarityCheckEvents as `on${K}`]?: (event: RoleClarityCheckEvents[K]) => unknown };

type NativeAttributes = DetailedHTMLProps<HTMLAttributes<RoleClarityCheck>, RoleClarityCheck>;

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "role-clarity-check": Omit<NativeAttributes, "content"> & CheckAttributes & CheckListeners;
    }
  }
}
