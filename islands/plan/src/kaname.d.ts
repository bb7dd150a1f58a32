declare module "kaname/say" {
  /** Say something in a toast. */
  export function say(words: string, options?: { isError?: boolean }): void;
}

declare module "kaname/on" {
  /** Keep a small choice of this browser for a year. */
  export function keep(name: string, value: string): void;
}
