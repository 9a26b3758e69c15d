/** How much a host may be told, from nothing up. The visitor's own switch decides, and it is off until switched on. */
export type Consent = "none" | "band" | "scores" | "answers";

/** What the visitor allows the host to know. Each level includes the ones before it; what is not allowed is absent. */
export interface Told {
  consent: Consent;
  content?: string;
  content_version?: string;
  scoring_version?: number;
  /** The id of the band, or `null` where too little is answered for one. */
  band?: string | null;
  /** Questions answered or not applicable, and questions asked. */
  settled?: number;
  asked?: number;
  /** 0 to 100, or `null`. */
  score?: number | null;
  low?: number | null;
  high?: number | null;
  delineation?: number | null;
  practice?: number | null;
  gaps?: number | null;
  overlaps?: number | null;
  /** By step id, 0 to 100, or `null`. */
  steps?: Record<string, number | null>;
  /** A response document (`response.schema.json`). */
  response?: unknown;
}

/** Scores of others. All but `sd` are needed, and fewer than ten respondents are no benchmark. */
export interface Benchmark {
  n: number;
  mean: number;
  sd?: number;
  source: string;
  date: string;
}

export interface Failure {
  /** What failed: the check itself, its questions, or the desk below the results, to load; or `run`, what had been loaded. */
  phase: "start" | "questions" | "desk" | "run";
  /** For an engineer; the visitor reads a sentence of the content. */
  message: string;
}

export interface RoleClarityCheckEvents {
  ready: CustomEvent<Record<string, never>>;
  start: CustomEvent<Told>;
  progress: CustomEvent<Told>;
  complete: CustomEvent<Told>;
  error: CustomEvent<Failure>;
}

export declare class RoleClarityCheck extends HTMLElement {
  mode: "choose" | "quick" | "full" | null;
  consent: Consent | null;
  ctaHref: string | null;
  ctaLabel: string | null;
  get benchmark(): string | null;
  set benchmark(benchmark: Benchmark | string | null);
  theme: "auto" | "light" | "dark" | null;
  loading: "lazy" | "eager" | null;
  content: string | null;
  storageKey: string | null;
  /** Begins the check, or goes on with the one begun. */
  start(mode?: "quick" | "full"): Promise<void>;
  /** Deletes every answer, here and on the device. */
  reset(): Promise<void>;
  /** Takes a response document, as an object or as JSON. Present answers are set aside on the device. */
  load(response: unknown): Promise<void>;
  /** What the visitor allows to be known now, or `null` before the check is ready. */
  getResult(): Told | null;
  addEventListener<K extends keyof RoleClarityCheckEvents>(
    type: K,
    listener: (this: RoleClarityCheck, event: RoleClarityCheckEvents[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "role-clarity-check": RoleClarityCheck;
  }
}
