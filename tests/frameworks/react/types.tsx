// What the types must let through, and what they must not. It is compiled and never run.
import { useRef } from "react";
import type { RoleClarityCheck } from "delineate";
import type {} from "delineate/react";

export const Whole = () => {
  const check = useRef<RoleClarityCheck>(null);
  const restart = async () => {
    await check.current?.reset();
    await check.current?.start("full");
    const score: number | null | undefined = check.current?.getResult()?.score;
    return score;
  };
  return (
    <role-clarity-check
      ref={check}
      id="check"
      className="wide"
      lang="en"
      mode="quick"
      theme="dark"
      loading="eager"
      consent="answers"
      cta-href="https://example.org/talk"
      cta-label="Talk it over"
      benchmark='{"n": 40, "mean": 55, "source": "Our clients", "date": "2026"}'
      content="/pack.json"
      storage-key="second"
      onready={restart}
      onstart={(event) => event.detail.consent}
      onprogress={(event) => event.detail.settled}
      oncomplete={(event) => event.detail.steps?.["shared-goals"]}
      onerror={(event) => event.detail.phase === "questions"}
    />
  );
};

export const Wrong = () => (
  <>
    {/* @ts-expect-error There is no such consent. */}
    <role-clarity-check consent="all" />
    {/* @ts-expect-error There is no such mode. */}
    <role-clarity-check mode="slow" />
    {/* @ts-expect-error A benchmark says how many it is of. */}
    <role-clarity-check benchmark={{ mean: 55, source: "Our clients", date: "2026" }} />
    {/* @ts-expect-error A result has no such field. */}
    <role-clarity-check oncomplete={(event) => event.detail.grade} />
    {/* @ts-expect-error There is no such attribute. */}
    <role-clarity-check colour="red" />
    {/* @ts-expect-error The event of a native element is named in another way. */}
    <role-clarity-check onComplete={() => {}} />
  </>
);

const element = document.querySelector("role-clarity-check");
element?.addEventListener("complete", (event) => event.detail.band);
// @ts-expect-error There is no such event of ours with a detail.
element?.addEventListener("finish", (event) => event.detail.band);
