// The page around the check.
import { StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";
import type { Consent } from "delineate";
import { Check } from "./check";

const Page = () => {
  const [consent, setConsent] = useState<Consent>("band");
  const [there, setThere] = useState(true);
  const [told, setTold] = useState<string[]>([]);
  return (
    <>
      <button id="consent" onClick={() => setConsent("scores")}>
        Ask for scores
      </button>
      <button id="toggle" onClick={() => setThere(!there)}>
        Take away or put back
      </button>
      <ol id="told">
        {told.map((line, index) => (
          <li key={index}>{line}</li>
        ))}
      </ol>
      {there && <Check consent={consent} onTold={(type, detail) => setTold((before) => [...before, `${type} ${JSON.stringify(detail)}`])} />}
    </>
  );
};

createRoot(document.querySelector("#app")!).render(
  <StrictMode>
    <Page />
  </StrictMode>,
);
