// The page around the check: what the others do by their framework.
import "./check.js";

const check = document.querySelector("role-clarity-check");
document.querySelector("#consent").addEventListener("click", () => {
  check.consent = "scores";
});
document.querySelector("#toggle").addEventListener("click", () => {
  if (check.isConnected) check.remove();
  else document.querySelector("#app").append(check);
});
