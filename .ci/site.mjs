// `astro check`, only where the site, or the shape of something it imports, is not what it was when all was well.
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { hashFiles, hashTools, listFiles, readCache, sha256, writeCache } from './inputs.mjs';
import { runTool } from './run-tool.mjs';
import { createProgram, readShapes } from './shapes.mjs';

const root = process.cwd();
const CACHE_FILE = 'site.json';

const house = listFiles(root);
const config = house.filter((path) => path.endsWith('.json'));
const rules = sha256(hashTools(root), hashFiles(root, config));
const stored = readCache(root, CACHE_FILE);
// Another compiler, or other options, may write other declarations.
const before = stored?.rules === rules ? stored : undefined;
const { key, shapes } = readKey(before?.shapes);
if (key !== before?.key) {
  process.exitCode = runTool('astro/bin/astro.mjs', 'check', '--root', 'site', '--minimumSeverity', 'error');
}
writeCache(root, CACHE_FILE, { rules, key: process.exitCode ? undefined : key, shapes });

function readKey(known) {
  const site = house.filter((path) => path.startsWith('site/'));
  const { options } = ts.getParsedCommandLineOfConfigFile(join(root, 'site/tsconfig.json'), {}, ts.sys);
  const outside = new Set();
  const nowhere = [];
  for (const path of site.filter((path) => /\.(astro|ts|js|mjs)$/.test(path))) {
    const text = readFileSync(join(root, path), 'utf8');
    for (const name of importsOf(path, text)) {
      const found = ts.resolveModuleName(name, join(root, path), options, ts.sys).resolvedModule;
      if (found === undefined) nowhere.push(name);
      else if (isOurs(found.resolvedFileName)) outside.add(found.resolvedFileName);
    }
  }
  const program = createProgram([...outside].sort(), options);
  const { everywhere, shapeOf, memo } = readShapes(program, root, known, [...outside]);
  return {
    shapes: memo,
    key: sha256(
      rules,
      hashFiles(root, site),
      everywhere,
      ...nowhere.sort(),
      ...[...outside].sort().flatMap((path) => [relative(root, path), shapeOf(path)]),
    ),
  };
}

function isOurs(path) {
  const place = relative(root, path).replaceAll('\\', '/');
  return !place.startsWith('site/') && !place.includes('node_modules/');
}

function importsOf(path, text) {
  if (!path.endsWith('.astro'))
    return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
  const blocks = /^---\r?\n([\s\S]*?)^---$|<script[^>]*>([\s\S]*?)<\/script>/gm;
  const code = [...text.matchAll(blocks)].map((block) => block[1] ?? block[2] ?? '');
  // An import type may also stand in an expression of the markup.
  const inMarkup = [...text.matchAll(/\bimport\s*\(\s*['"]([^'"]+)['"]\s*\)/g)].map((found) => found[1]);
  return [...code.flatMap((block) => importsOf('block.ts', block)), ...inMarkup];
}
