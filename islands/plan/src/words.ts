// Words of the page in the reader's language; the template brings them.

export type Words = Record<string, string>;

export function readWords(id: string): Words {
  return JSON.parse(document.getElementById(id)?.textContent ?? "{}");
}

/** Put values into `%(name)s`. */
export function filled(template: string, values: Record<string, string | number>): string {
  return template.replace(/%\((\w+)\)s/g, (_all, name: string) => String(values[name] ?? ""));
}
