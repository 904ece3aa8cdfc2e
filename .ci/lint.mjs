// ESLint over the house, only where it may say something new. ESLint's own cache asks whether a file has changed; a
// type-aware rule also depends on the types of what the file imports (shapes.mjs).
import { join } from 'node:path';
import { ESLint } from 'eslint';
import { hashFiles, hashTools, listFiles, readCache, sha256, writeCache } from './inputs.mjs';
import { openProject, readShapes } from './shapes.mjs';

const root = process.cwd();
const LINTED = /\.(js|mjs|cjs|ts|astro)$/;
const CACHE_FILE = 'lint.json';

const files = listFiles(root);
const rules = sha256(
  hashTools(root),
  hashFiles(
    root,
    files.filter((path) => /(^|\/)((tsconfig[^/]*|package)\.json|eslint\.[\w-]+\.mjs)$/.test(path)),
  ),
);
const stored = readCache(root, CACHE_FILE);
const before = stored?.rules === rules ? stored : { clean: {}, shapes: {} };

const program = openProject(join(root, 'tsconfig.lint.json'));
const { keyOf, memo } = readShapes(program, root, before.shapes);
const eslint = new ESLint({
  cwd: root,
  globInputPaths: false,
  overrideConfig: {
    files: ['**/*.ts'],
    ignores: ['**/*.astro/*.ts'],
    languageOptions: { parserOptions: { programs: [program] } },
  },
});

const clean = {};
const due = new Map();
for (const path of files.filter((path) => LINTED.test(path))) {
  const absolute = join(root, path);
  if (await eslint.isPathIgnored(absolute)) continue;
  const key = (path.endsWith('.ts') ? keyOf(absolute) : undefined) ?? hashFiles(root, [path]);
  if (before.clean[path] === key) clean[path] = key;
  else due.set(absolute, { path, key });
}

const results = due.size === 0 ? [] : await eslint.lintFiles([...due.keys()]);
for (const { filePath, messages } of results) {
  const { path, key } = due.get(filePath);
  if (messages.length === 0) clean[path] = key;
}
writeCache(root, CACHE_FILE, { rules, clean, shapes: memo });

const formatter = await eslint.loadFormatter('stylish');
const text = await formatter.format(results);
if (text !== '') console.log(text);
if (results.some(({ errorCount }) => errorCount > 0)) process.exitCode = 1;
