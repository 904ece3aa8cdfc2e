// `npm run mutations [-- <word> …]`: breaks one line after another and asks the specs named for it. See README.md.
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { askSpecs } from './ask-specs.mjs';
import { copyCheckout } from './copy-checkout.mjs';

const CHECKOUT = fileURLToPath(new URL('../../', import.meta.url));
const words = process.argv.slice(2);
const LISTS = new URL('lists/', import.meta.url);
const wanted = readdirSync(LISTS)
  .flatMap((name) => JSON.parse(readFileSync(new URL(name, LISTS), 'utf8')))
  .filter((mutation) => words.length === 0 || words.some((word) => JSON.stringify(mutation).includes(word)));
const temp = mkdtempSync(join(tmpdir(), 'mandate-mutations-'));
process.once('exit', () => rmSync(temp, { recursive: true, force: true }));
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
])
  process.once(signal, () => process.exit(code));

const copy = copyCheckout(CHECKOUT, temp);
const allKilled = (await areGreen()) && (await tryAll());
process.exitCode = allKilled ? 0 : 1;

/** A spec that is red without any mutation proves nothing. */
async function areGreen() {
  const specs = [...new Set(wanted.flatMap((mutation) => mutation.specs))];
  if (specs.length === 0) return false;
  const { verdict, names } = await askSpecs(copy, specs);
  if (verdict === 'survived') return true;
  console.log(`the specs are not green as they are (${verdict}): ${names.join('; ')}`);
  return false;
}

async function tryAll() {
  const counts = {};
  for (const mutation of wanted) {
    const { verdict, names } = await tryMutation(mutation);
    counts[verdict] = (counts[verdict] ?? 0) + 1;
    console.log(
      `${verdict.padEnd(8)} ${mutation.file}: ${mutation.what}${names[0] ? `  ← ${names[0]}` : ''}`,
    );
  }
  console.log(
    Object.entries(counts)
      .map(([verdict, count]) => `${count} ${verdict}`)
      .join(', '),
  );
  return counts.killed === wanted.length;
}

/** @returns what `askSpecs` does, or `stale` where the line is no longer there, or twice */
async function tryMutation({ file, from, to, specs }) {
  const text = readFileSync(join(CHECKOUT, file), 'utf8');
  if (text.split(from).length !== 2) return { verdict: 'stale', names: [] };
  writeFileSync(
    join(copy, file),
    text.replace(from, () => to),
  );
  try {
    return await askSpecs(copy, specs);
  } finally {
    copyFileSync(join(CHECKOUT, file), join(copy, file));
  }
}
