import { cutText, describeTextFault, findTextFault, withoutFaults } from '@mandate/encoding';
import type { InvalidField } from './http.errors.ts';
import { MOST_LEVELS } from './json-body.ts';

/** As many as a person mends at once. */
const MOST_NAMED = 20;

/**
 * Where a request holds text that nothing of it may hold (`findTextFault`), however deep and whatever its schema says: a
 * schema that forgets to ask must not be a way in. Of fields with a single line their schemas say so.
 * @param field name of the parameter; '' for a body
 */
export function findBadText(value: unknown, field: string): readonly InvalidField[] {
  const found: InvalidField[] = [];
  look(value, field === '' ? [] : [field], found);
  return found;
}

function look(value: unknown, path: readonly string[], found: InvalidField[]): void {
  if (found.length >= MOST_NAMED) return;
  if (typeof value === 'string') {
    const fault = findTextFault(value, { lines: true });
    if (fault !== undefined) found.push({ field: nameOf(path), message: describeTextFault(fault) });
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (path.length > MOST_LEVELS) {
    found.push({ field: nameOf(path.slice(0, 10)), message: `层次太深，最多 ${MOST_LEVELS.toString()} 层` });
    return;
  }
  for (const [name, one] of Object.entries(value)) {
    const fault = findTextFault(name);
    if (fault === undefined) look(one, [...path, name], found);
    else found.push({ field: nameOf([...path, name]), message: `字段的名称：${describeTextFault(fault)}` });
  }
}

/** For a message: nothing of what was refused stands in it. */
function nameOf(path: readonly string[]): string {
  return cutText(withoutFaults(path.join('.')), 200);
}
