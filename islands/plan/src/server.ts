// Talking with the server: it computes, this asks and shows.
import type { Cell } from "./rows";

export interface Plan {
  run: number;
  start: number;
  finish: number | null;
  status: number | null;
  today: number;
}

export interface Loaded {
  columns: string[];
  rows: Cell[][];
  plan: Plan;
  daysOff: number[];
  members: string[];
}

export type Values = Record<string, string | number | null>;

export interface Answer {
  rows: Cell[][];
  removed: number[];
  plan: Plan;
  task: number | null;
  undo: Values | null;
  says: string;
  why?: string;
}

/** A sentence that says why not; `rows` are those that somebody else changed meanwhile. */
export class Refusal extends Error {
  constructor(
    sentence: string,
    readonly rows: Cell[][] = [],
  ) {
    super(sentence);
  }
}

export async function load(url: string): Promise<Loaded> {
  const response = await fetch(url, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}

/** Send one edit; a lost answer is asked for once more under the same key, so that nothing is done twice. */
export async function send(url: string, values: Values, failure: string): Promise<Answer> {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value !== null) body.set(name, String(value));
  const headers = { "X-CSRFToken": token(), "Idempotency-Key": freshKey() };
  const ask = () => fetch(url, { method: "POST", body, headers });
  let response: Response;
  try {
    response = await ask().catch(ask);
  } catch {
    throw new Refusal(failure);
  }
  const answer = response.headers.get("Content-Type")?.startsWith("application/json") ? await response.json() : {};
  if (response.ok) return answer;
  throw new Refusal(answer.refusal ?? failure, answer.rows);
}

function token(): string {
  return JSON.parse(document.body.getAttribute("hx-headers:inherited") ?? "{}")["X-CSRFToken"] ?? "";
}

function freshKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_");
}
