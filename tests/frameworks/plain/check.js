import "delineate";
import "delineate/host.css";

const check = document.querySelector("role-clarity-check");
check.benchmark = { n: 40, mean: 55, sd: 14, source: "Our clients", date: "2026" };
check.addEventListener("progress", ({ type, detail }) => told(type, detail));
check.addEventListener("complete", ({ type, detail }) => told(type, detail));

function told(type, detail) {
  document.querySelector("#told").append(Object.assign(document.createElement("li"), { textContent: `${type} ${JSON.stringify(detail)}` }));
}
