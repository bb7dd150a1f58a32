// Every request by htmx: keyed so that it happens once, shown while it lasts, explained when it fails.
import { on } from "kaname/on";
import { say } from "kaname/say";

const UNSAFE = new Set(["POST", "PUT", "PATCH", "DELETE"]);
const KEY = "idempotency_key";
let underway = 0;
let slow;

function freshKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_");
}

document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  const { method, body, headers } = ctx.request;
  if (UNSAFE.has(method) && !body?.get?.(KEY)) headers["Idempotency-Key"] = freshKey();
});

document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
  const field = ctx.request.form?.elements.namedItem(KEY);
  if (field instanceof HTMLInputElement && UNSAFE.has(ctx.request.method)) field.value = freshKey();
});

document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  if (ctx.sourceElement?.hasAttribute("data-poll")) return;
  ctx.isShown = true;
  underway += 1;
  clearTimeout(slow);
  slow = setTimeout(() => document.body.classList.toggle("busy", underway > 0), 250);
});

document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  if (!ctx.isShown) return;
  underway -= 1;
  if (underway <= 0) {
    underway = 0;
    document.body.classList.remove("busy");
  }
});

document.addEventListener("htmx:response:error", ({ detail: { ctx } }) => {
  const words = document.getElementById("toasts")?.dataset;
  const { status } = ctx.response;
  if (!words || status === 422 || status === 409) return;
  say(status >= 500 ? words.serverFailed : words.refused, { isError: true });
});

document.addEventListener("htmx:error", ({ detail: { ctx, error } }) => {
  if (!ctx || ctx.response || error?.name === "AbortError" || ctx.sourceElement?.hasAttribute("data-poll")) return;
  const words = document.getElementById("toasts")?.dataset;
  if (words) say(words.networkLost, { isError: true });
});

// A form that is being sent is not sent again by a second click; the server would do it once anyway.
on("submit", "form[method=post]:not([hx-post])", (form, event) => {
  if (form.dataset.isSent) event.preventDefault();
  else if (!event.defaultPrevented) form.dataset.isSent = "1";
});

addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-is-sent]")) delete form.dataset.isSent;
});

document.querySelector("[data-error-summary]:not(.specimen *)")?.focus();
