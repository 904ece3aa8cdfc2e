// `npm run mutations [-- <word> …]`: breaks one line after another and asks the specs named for it. See README.md.
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { copyCheckout } from './copy-checkout.mjs';
import { askSpecs } from './ask-specs.mjs';

const CHECKOUT = fileURLToPath(new URL('../../', import.meta.url));
const words = process.argv.slice(2);
const list = JSON.parse(readFileSync(new URL('mutations.json', import.meta.url), 'utf8'));
const wanted = list.filter(
  (mutation) => words.length === 0 || words.some((word) => JSON.stringify(mutation).includes(word)),
);
const temp = mkdtempSync(join(tmpdir(), 'mandate-mutations-'));
process.once('exit', () => rmSync(temp, { recursive: true, force: true }));
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
])
  process.once(signal, () => process.exit(code));

const copy = copyCheckout(CHECKOUT, temp);
let failed = wanted.length === 0;
// A spec that is red without any mutation proves nothing.
const specs = [...new Set(wanted.flatMap(({ specs }) => specs))];
if (specs.length > 0) {
  const { verdict, names } = askSpecs(copy, specs);
  if (verdict !== 'survived') {
    console.log(`the specs are not green as they are: ${verdict} ${names.join('; ')}`);
    failed = true;
  }
}
if (!failed) {
  const counts = {};
  for (const mutation of wanted) {
    const { verdict, names } = tryMutation(mutation);
    counts[verdict] = (counts[verdict] ?? 0) + 1;
    failed ||= verdict !== 'killed';
    console.log(`${verdict.padEnd(8)} ${mutation.file}: ${mutation.what}${names[0] ? `  ← ${names[0]}` : ''}`);
  }
  console.log(
    Object.entries(counts)
      .map(([verdict, count]) => `${count} ${verdict}`)
      .join(', '),
  );
}
process.exitCode = failed ? 1 : 0;

/** @returns `killed`, `survived`, `broken` (the suite did not even run) or `stale` (the line is no longer there, or twice) */
function tryMutation({ file, from, to, specs }) {
  const text = readFileSync(join(CHECKOUT, file), 'utf8');
  if (text.split(from).length !== 2) return { verdict: 'stale', names: [] };
  const path = join(copy, file);
  // A new file, for the copy may share its bytes with the checkout.
  rmSync(path);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text.replace(from, () => to));
  try {
    return askSpecs(copy, specs);
  } finally {
    rmSync(path);
    copyFileSync(join(CHECKOUT, file), path);
  }
}
