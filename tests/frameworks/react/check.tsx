import "delineate";
import "delineate/host.css";
import type { Benchmark, Consent, Told } from "delineate";
import type {} from "delineate/react";

const benchmark: Benchmark = { n: 40, mean: 55, sd: 14, source: "Our clients", date: "2026" };

type Props = { consent: Consent; onTold: (type: string, told: Told) => void };

export const Check = ({ consent, onTold }: Props) => (
  <role-clarity-check
    consent={consent}
    benchmark={benchmark}
    onprogress={(event) => onTold(event.type, event.detail)}
    oncomplete={(event) => onTold(event.type, event.detail)}
  >
    <p>What is read before.</p>
  </role-clarity-check>
);
