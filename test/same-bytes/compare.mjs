// Two folders, byte for byte.
import { isUtf8 } from 'node:buffer';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

const AROUND = 60;
/** Astro names a compiled style or script by its content, and every page names the files it loads. */
const ASSET = /_astro\/([^"'()\s]+?)\.[\w-]{8}\.(js|css)/g;

/**
 * Compares what two exports published.
 * @returns for each group of files how many are equal, and the paths of those that are not
 */
export function compareExports(first, second) {
  const [a, b] = [filesBelow(first), filesBelow(second)];
  const groups = new Map();
  for (const path of [...new Set([...a, ...b])].sort()) {
    const name = groupOf(path);
    const group = groups.get(name) ?? { name, equal: 0, assets: [], differ: [], missing: [], added: [] };
    groups.set(name, group);
    if (!b.has(path)) group.missing.push(path);
    else if (!a.has(path)) group.added.push(path);
    else compareFile(join(first, path), join(second, path), path, group);
  }
  return [...groups.values()];
}

function filesBelow(folder) {
  return new Set(
    ['published', 'pages', 'certificates'].flatMap((part) =>
      readdirSync(join(folder, part), { recursive: true, withFileTypes: true })
        .filter((found) => found.isFile())
        .map(({ parentPath, name }) =>
          join(parentPath, name)
            .slice(folder.length + 1)
            .split(sep)
            .join('/'),
        ),
    ),
  );
}

/** `published/data/items`, `published/log/lists`, `pages/organ`, … */
function groupOf(path) {
  const parts = path.split('/').slice(0, -1);
  return parts.slice(0, parts[0] === 'published' ? 3 : 2).join('/');
}

function compareFile(first, second, path, group) {
  const [a, b] = [readFileSync(first), readFileSync(second)];
  if (a.equals(b)) {
    group.equal += 1;
    return;
  }
  if (path.endsWith('.html')) {
    const [textA, textB] = [a, b].map((bytes) => bytes.toString().replace(ASSET, '_astro/$1.$2'));
    if (textA === textB) {
      group.assets.push(path);
      return;
    }
    group.differ.push({ path, ...firstDifference(Buffer.from(textA), Buffer.from(textB)) });
    return;
  }
  group.differ.push({ path, ...firstDifference(a, b) });
}

/** Where two files part, and what stands there in each. */
function firstDifference(a, b) {
  const shorter = Math.min(a.length, b.length);
  let at = 0;
  while (at < shorter && a[at] === b[at]) at += 1;
  const excerpt = (bytes) =>
    isUtf8(bytes)
      ? JSON.stringify(bytes.subarray(Math.max(0, at - AROUND), at + AROUND).toString())
      : bytes.subarray(at, at + AROUND / 2).toString('hex');
  return { at, sizes: [a.length, b.length], first: excerpt(a), second: excerpt(b) };
}

/** @param most how many paths of a group are shown */
export function describe(groups, most) {
  const lines = [];
  let equal = 0;
  let other = 0;
  for (const { name, equal: same, assets, differ, missing, added } of groups) {
    equal += same;
    other += assets.length + differ.length + missing.length + added.length;
    const said = [
      [`${same} equal`, same],
      [`${assets.length} equal but for names of compiled assets`, assets.length],
      [`${differ.length} differ`, differ.length],
      [`${missing.length} only in the first`, missing.length],
      [`${added.length} only in the second`, added.length],
    ];
    lines.push(`${name}: ${said.flatMap(([words, count]) => (count > 0 ? words : [])).join(', ')}`);
    for (const { path, at, sizes, first, second } of differ.slice(0, most))
      lines.push(
        `  ≠ ${path} at byte ${at} (of ${sizes.join(' and ')})`,
        `    1 ${first}`,
        `    2 ${second}`,
      );
    for (const path of missing.slice(0, most)) lines.push(`  − ${path}`);
    for (const path of added.slice(0, most)) lines.push(`  + ${path}`);
  }
  lines.push(`${equal} files equal, ${other} not`);
  return { text: lines.join('\n'), equal, other };
}
