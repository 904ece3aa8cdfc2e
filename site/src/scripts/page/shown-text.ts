/** Texts on the page that differ from the content they claim to show, and how many there are in all. */
export function compareShownTexts(
  content: unknown,
  root: ParentNode = document,
): { readonly compared: number; readonly different: readonly Element[] } {
  const shown = [...root.querySelectorAll('[data-field]')];
  const different = shown.filter(
    (element) => find(content, element.getAttribute('data-field') ?? '') !== element.textContent,
  );
  return { compared: shown.length, different };
}

/** Value at a JSON pointer (RFC 6901); our pointers hold no escapes. */
function find(content: unknown, pointer: string): unknown {
  let value = content;
  for (const name of pointer.split('/').slice(1)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    // An own property of an object, found by its name.
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}
